using Footfall.Core.Accounts;
using Footfall.Server.Admin;
using Microsoft.AspNetCore.Mvc;

namespace Footfall.Server.People;

/// <summary>What a person changes about themselves.</summary>
sealed class MeEndpoints(IPeople people, Passwords passwords, SecondFactors factors, Attempts attempts)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/me").WithTags("People").WithMetadata(Need.Person);
        group.MapPatch("", Change).WithName("changeMe").WithSummary("Changes one's own name or address.")
            .Produces<PersonDocument>().ProducesProblem(400).ProducesProblem(409);
        group.MapPut("/password", ChangePasswordAsync).WithName("changePassword").WithSummary("Changes one's own password and signs out elsewhere.")
            .Produces(204).ProducesProblem(400).ProducesProblem(429);
        group.MapPost("/second-factor", Begin).WithName("beginSecondFactor").WithSummary("Gives the secret of a second factor, to be confirmed.")
            .Produces<SecondFactorDocument>().ProducesProblem(409);
        group.MapPost("/second-factor/confirm", Confirm).WithName("confirmSecondFactor").WithSummary("Turns the second factor on.")
            .Produces<RecoveryCodesDocument>().ProducesProblem(400).ProducesProblem(429);
        group.MapDelete("/second-factor", TurnOffAsync).WithName("removeSecondFactor").WithSummary("Turns the second factor off.")
            .Produces(204).ProducesProblem(400).ProducesProblem(429);
    }

    IResult Change(ProfileRequest request, HttpContext context)
    {
        var person = Caller.Of(context).Person!;
        var (name, email) = (request.Name ?? person.Name, request.Email ?? person.Email);
        if ((PersonRules.Name("name", ref name) ?? PersonRules.Email(ref email)) is { } problem)
            return new ProblemResult(problem);
        var changed = person with { Name = name, Email = email };
        return people.UpdateMember(changed)
            ? Results.Ok(PersonDocument.Of(changed))
            : new ProblemResult(new Problem(409, "The address is taken", $"{email} belongs to another member", Field: "email"));
    }

    async Task<IResult> ChangePasswordAsync(PasswordChange request, HttpContext context)
    {
        var (caller, wanted) = (Caller.Of(context), request.New);
        var person = caller.Person!;
        if (PersonRules.Password("new", ref wanted) is { } problem)
            return new ProblemResult(problem);
        if (person.Password is not null && await CheckAsync(context, person, request.Current, "current") is { } wrong)
            return new ProblemResult(wrong);
        people.UpdateMember(person with { Password = await passwords.HashAsync(wanted) });
        people.RemoveSessions(person.Id, caller.Session!.Id);
        return Results.NoContent();
    }

    IResult Begin(HttpContext context)
    {
        var person = Caller.Of(context).Person!;
        return person.SecondFactor is null
            ? Results.Ok(factors.Begin(person))
            : new ProblemResult(new Problem(409, "There is a second factor already", "turn it off first"));
    }

    IResult Confirm(CodeRequest request, HttpContext context)
    {
        var caller = Caller.Of(context);
        var name = NameOf(caller.Person!);
        if (attempts.Begin(context, name) is { } wait)
            return new ProblemResult(wait);
        if (factors.Confirm(caller.Person!, request.Code ?? "") is not { } codes)
            return new ProblemResult(PersonRules.Wrong("code", "is not what the app should show now; see that the phone's clock is right"));
        attempts.Good(context, name);
        people.RemoveSessions(caller.Person!.Id, caller.Session!.Id);
        return Results.Ok(new RecoveryCodesDocument(codes));
    }

    async Task<IResult> TurnOffAsync([FromBody] PasswordRequest request, HttpContext context)
    {
        var person = Caller.Of(context).Person!;
        if (await CheckAsync(context, person, request.Password, "password") is { } wrong)
            return new ProblemResult(wrong);
        factors.TurnOff(person);
        return Results.NoContent();
    }

    /// <summary>Asks again for the password: whoever found an open browser does not know it.</summary>
    async Task<Problem?> CheckAsync(HttpContext context, Member person, string? password, string field)
    {
        var name = NameOf(person);
        if (attempts.Begin(context, name) is { } wait)
            return wait;
        if (!await passwords.VerifyAsync(password ?? "", person.Password))
            return PersonRules.Wrong(field, "is not your password");
        attempts.Good(context, name);
        return null;
    }

    static string NameOf(Member person) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"member {person.Id}");
}
