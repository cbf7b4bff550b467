using Footfall.Core.Accounts;
using Footfall.Server.Admin;

namespace Footfall.Server.People;

/// <summary>The ways in without a password: the first owner's sign-up, and links that sign in once.</summary>
sealed class EntryEndpoints(IPeople people, EntryLinks links, SignIns signIns, SessionEndpoints sessions, Passwords passwords)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("People");
        group.MapPost("/signup", SignUpAsync).WithName("signUp").WithSummary("Makes the first owner, with the token that the server printed when it began.")
            .Produces<SessionDocument>().ProducesProblem(400).ProducesProblem(410).WithMetadata(Need.Anybody);
        group.MapPost("/enter", Enter).WithName("enter").WithSummary("Signs in with the token of a link that works once.")
            .Produces<SessionDocument>().ProducesProblem(410).WithMetadata(Need.Anybody);
        group.MapPost("/login-links", Make).WithName("makeLoginLink").WithSummary("Makes a link that signs a member in once, within half an hour.")
            .Produces<LoginLinkDocument>(201).ProducesProblem(404).WithMetadata(Need.Operator);
    }

    async Task<IResult> SignUpAsync(SignUpRequest request, HttpContext context)
    {
        if (links.Find(request.Token) is not { Member: null } || people.HasMembers)
            return Gone();
        var (account, name, email, password) = (request.Account, request.Name, request.Email, request.Password);
        var problem = PersonRules.Name("account", ref account) ?? PersonRules.Name("name", ref name)
            ?? PersonRules.Email(ref email) ?? PersonRules.Password("password", ref password);
        if (problem is not null)
            return new ProblemResult(problem);
        var hash = await passwords.HashAsync(password!);
        if (!links.Spend(request.Token!) || people.HasMembers || people.AddMember(Account.First, name!, email!, Role.Owner, hash) is not { } owner)
            return Gone();
        people.RenameAccount(Account.First, account!);
        return Results.Ok(sessions.DocumentOf(signIns.Start(context, owner)));
    }

    IResult Enter(TokenRequest request, HttpContext context) =>
        links.Find(request.Token) is { Member: { } id } && links.Spend(request.Token!) && people.FindMember(id) is { } member
            ? Results.Ok(sessions.DocumentOf(signIns.Start(context, member)))
            : Gone();

    IResult Make(LoginLinkRequest request) => people.FindMember(request.Email?.Trim() ?? "") is { } member
        ? Results.Json(new LoginLinkDocument(links.For(member)), statusCode: StatusCodes.Status201Created)
        : new ProblemResult(new Problem(404, "Unknown member", $"no member has the address {request.Email}", Field: "email"));

    static ProblemResult Gone() => new(new Problem(410, "This link does not work any more", "it works once and for a time", Field: "token"));
}
