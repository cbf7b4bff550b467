using Footfall.Core.Accounts;
using Footfall.Server.Admin;

namespace Footfall.Server.People;

/// <summary>Signing in with a password, seeing where one is signed in, and signing out.</summary>
sealed class SessionEndpoints(IPeople people, SignIns signIns, Passwords passwords, SecondFactors factors, Attempts attempts)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("People");
        group.MapGet("/session", Get).WithName("getSession").WithSummary("Who is signed in.")
            .Produces<SessionDocument>().WithMetadata(Need.Anybody);
        group.MapPost("/session", SignInAsync).WithName("signIn").WithSummary("Signs in; the answer sets a cookie.")
            .Produces<SessionDocument>().ProducesProblem(401).ProducesProblem(429).WithMetadata(Need.Anybody);
        group.MapDelete("/session", SignOut).WithName("signOut").WithSummary("Signs out.").Produces(204).WithMetadata(Need.Anybody);
        group.MapGet("/sessions", List).WithName("listSessions").WithSummary("Where the person who asks is signed in.")
            .Produces<SessionsDocument>().WithMetadata(Need.Person);
        group.MapDelete("/sessions/{id:int}", Remove).WithName("endSession").WithSummary("Signs out elsewhere, at once.")
            .Produces(204).ProducesProblem(404).WithMetadata(Need.Person);
    }

    /// <summary>The session that a request brings or that was just begun.</summary>
    public SessionDocument DocumentOf(Caller caller)
    {
        var (person, account) = (caller.Person!, people.FindAccount(caller.Account)!);
        return new SessionDocument(
            true, PersonDocument.Of(person), new AccountDocument(account.Id, account.Name), PersonRules.NameOf(person.Role), signIns.TokenOf(caller.Session!));
    }

    SessionDocument Get(HttpContext context) =>
        context.Features.Get<Caller>() is { Person: not null } caller ? DocumentOf(caller) : new SessionDocument(false, FirstStart: !people.HasMembers);

    async Task<IResult> SignInAsync(SignInRequest request, HttpContext context)
    {
        var email = request.Email?.Trim() ?? "";
        var name = "email " + email[..Math.Min(email.Length, 254)];
        if (attempts.Begin(context, name) is { } wait)
            return new ProblemResult(wait);
        var member = people.FindMember(email);
        if (!await passwords.VerifyAsync(request.Password ?? "", member?.Password))
            return new ProblemResult(new Problem(401, "Address and password do not fit together") { Type = "/problems/wrong-credentials" });
        if (member!.SecondFactor is not null && string.IsNullOrWhiteSpace(request.Code))
        {
            attempts.Unfinished(context, name);
            return new ProblemResult(
                new Problem(401, "A code is needed", "give the six digits that the app shows, or a recovery code", Field: "code") { Type = "/problems/second-factor-required" });
        }
        if (member.SecondFactor is not null && !factors.Spend(member, request.Code!))
            return new ProblemResult(new Problem(401, "The code is wrong", "each code works once; wait for the next", Field: "code") { Type = "/problems/wrong-credentials" });
        attempts.Good(context, name);
        return Results.Ok(DocumentOf(signIns.Start(context, member)));
    }

    IResult SignOut(HttpContext context)
    {
        signIns.End(context);
        return Results.NoContent();
    }

    SessionsDocument List(HttpContext context)
    {
        var caller = Caller.Of(context);
        return new SessionsDocument([.. people.Sessions(caller.Person!.Id).Select(session => SessionEntry.Of(session, caller.Session))]);
    }

    IResult Remove(int id, HttpContext context) => people.RemoveSession(Caller.Of(context).Person!.Id, id)
        ? Results.NoContent()
        : new ProblemResult(new Problem(404, "Unknown session", "it may have ended already"));
}
