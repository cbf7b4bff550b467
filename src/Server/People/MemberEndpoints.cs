using Footfall.Core.Accounts;
using Footfall.Server.Admin;

namespace Footfall.Server.People;

/// <summary>The members of an account and their roles. Owners are changed by owners alone, and one always stays.</summary>
sealed class MemberEndpoints(IPeople people)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/members").WithTags("People");
        group.MapGet("", List).WithName("listMembers").WithSummary("The members of the account.")
            .Produces<MembersDocument>().WithMetadata(Need.Of(Role.Admin));
        group.MapPatch("/{id:int}", Change).WithName("changeMember").WithSummary("Changes a member's role.")
            .Produces<MemberEntry>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).WithMetadata(Need.Of(Role.Admin));
        group.MapDelete("/{id:int}", Remove).WithName("removeMember").WithSummary("Removes a member, whose sessions end at once.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409).WithMetadata(Need.Of(Role.Admin));
    }

    MembersDocument List(HttpContext context) => new([.. people.Members(Caller.Of(context).Account).Select(MemberEntry.Of)]);

    IResult Change(int id, RoleRequest request, HttpContext context)
    {
        var caller = Caller.Of(context);
        if (PersonRules.Role(request.Role, out var role) is { } problem)
            return new ProblemResult(problem);
        if ((Find(caller, id, out var member) ?? OwnersOnly(caller, role)) is { } refused)
            return refused;
        return people.ChangeRole(caller.Account, id, role) ? Results.Ok(MemberEntry.Of(member! with { Role = role })) : LastOwner();
    }

    IResult Remove(int id, HttpContext context)
    {
        var caller = Caller.Of(context);
        if (Find(caller, id, out _) is { } refused)
            return refused;
        return people.RemoveMember(caller.Account, id) ? Results.NoContent() : LastOwner();
    }

    /// <summary>The member, or why the caller may not touch it.</summary>
    ProblemResult? Find(Caller caller, int id, out Member? member)
    {
        member = people.FindMember(id);
        return member?.Account == caller.Account
            ? OwnersOnly(caller, member.Role)
            : new ProblemResult(new Problem(404, "Unknown member", $"the account has no member {id}"));
    }

    static ProblemResult? OwnersOnly(Caller caller, Role touched) => touched == Role.Owner && !caller.Has(Role.Owner)
        ? new ProblemResult(new Problem(403, "Your role may not do this", "only an owner makes or changes owners", Field: "role"))
        : null;

    static ProblemResult LastOwner() => new(new Problem(409, "The last owner stays", "make another member an owner first", Field: "role"));
}
