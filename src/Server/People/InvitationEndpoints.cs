using Footfall.Core.Accounts;
using Footfall.Server.Admin;

namespace Footfall.Server.People;

/// <summary>Inviting people into an account by a link that is sent to them.</summary>
sealed class InvitationEndpoints(IPeople people, SignIns signIns, SessionEndpoints sessions, Passwords passwords, TimeProvider clock)
{
    static readonly TimeSpan ValidFor = TimeSpan.FromDays(7);

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/invitations").WithTags("People");
        group.MapGet("", List).WithName("listInvitations").WithSummary("The invitations that nobody has accepted.")
            .Produces<InvitationsDocument>().WithMetadata(Need.Of(Role.Admin));
        group.MapPost("", Add).WithName("invite").WithSummary("Makes a link that lets somebody become a member within a week.")
            .Produces<NewInvitation>(201).ProducesProblem(400).ProducesProblem(409).WithMetadata(Need.Of(Role.Admin));
        group.MapDelete("/{id:int}", Remove).WithName("removeInvitation").WithSummary("Takes an invitation back.")
            .Produces(204).ProducesProblem(404).WithMetadata(Need.Of(Role.Admin));
        group.MapGet("/by-token/{token}", Get).WithName("getInvitation").WithSummary("What the link of an invitation leads to.")
            .Produces<InvitationDocument>().ProducesProblem(404).WithMetadata(Need.Anybody);
        group.MapPost("/accept", AcceptAsync).WithName("acceptInvitation").WithSummary("Becomes a member and signs in.")
            .Produces<SessionDocument>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).WithMetadata(Need.Anybody);
    }

    InvitationsDocument List(HttpContext context)
    {
        var now = clock.GetUtcNow();
        return new InvitationsDocument([.. people.Invitations(Caller.Of(context).Account).Where(invitation => invitation.ExpiresAt > now).Select(InvitationEntry.Of)]);
    }

    IResult Add(InvitationRequest request, HttpContext context)
    {
        var (caller, email) = (Caller.Of(context), request.Email);
        if ((PersonRules.Role(request.Role, out var role) ?? PersonRules.Email(ref email)) is { } problem)
            return new ProblemResult(problem);
        if (role == Role.Owner && !caller.Has(Role.Owner))
            return new ProblemResult(new Problem(403, "Your role may not do this", "only an owner makes owners", Field: "role"));
        if (people.FindMember(email!) is not null)
            return new ProblemResult(new Problem(409, "The person is a member already", $"{email} belongs to a member", Field: "email"));
        var token = Secrets.New();
        var made = people.AddInvitation(caller.Account, email!, role, Secrets.HashOf(token), clock.GetUtcNow() + ValidFor);
        return Results.Json(
            new NewInvitation(made.Id, made.Email, PersonRules.NameOf(role), made.ExpiresAt, "/invitation?token=" + token), statusCode: StatusCodes.Status201Created);
    }

    IResult Remove(int id, HttpContext context) =>
        people.RemoveInvitation(Caller.Of(context).Account, id) ? Results.NoContent() : Unknown();

    IResult Get(string token) => Find(token) is { } found
        ? Results.Ok(new InvitationDocument(found.Email, people.FindAccount(found.Account)!.Name, PersonRules.NameOf(found.Role)))
        : Unknown();

    async Task<IResult> AcceptAsync(AcceptRequest request, HttpContext context)
    {
        if (Find(request.Token) is not { } found)
            return Unknown();
        var (name, password) = (request.Name, request.Password);
        if ((PersonRules.Name("name", ref name) ?? PersonRules.Password("password", ref password)) is { } problem)
            return new ProblemResult(problem);
        var hash = await passwords.HashAsync(password!);
        if (!people.RemoveInvitation(found.Account, found.Id))
            return Unknown();
        return people.AddMember(found.Account, name!, found.Email, found.Role, hash) is { } member
            ? Results.Ok(sessions.DocumentOf(signIns.Start(context, member)))
            : new ProblemResult(new Problem(409, "The person is a member already", "sign in instead"));
    }

    Invitation? Find(string? token) =>
        token is { Length: > 0 } && people.FindInvitation(Secrets.HashOf(token)) is { } found && found.ExpiresAt > clock.GetUtcNow() ? found : null;

    static ProblemResult Unknown() => new(new Problem(404, "There is no such invitation", "it may have been accepted, taken back, or have expired"));
}
