using Footfall.Core.Accounts;

namespace Footfall.Server.Admin;

/// <summary>The keys by which programs reach an account's sites.</summary>
sealed class KeyEndpoints(IGrants grants, KeyRing ring, TimeProvider clock)
{
    const int NameMax = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/keys").WithTags("Keys").WithMetadata(Need.Of(Role.Admin));
        group.MapGet("", List).WithName("listKeys").WithSummary("The account's keys, without their secrets.").Produces<KeysDocument>();
        group.MapPost("", Add).WithName("addKey").WithSummary("Makes a key. Its secret is in the answer and nowhere else.")
            .Produces<NewKey>(201).ProducesProblem(400);
        group.MapDelete("/{id:int}", Remove).WithName("removeKey").WithSummary("Revokes a key, at once.").Produces(204).ProducesProblem(404);
    }

    KeysDocument List(HttpContext context)
    {
        ring.WriteUses();
        return new KeysDocument([.. grants.Keys(Caller.Of(context).Account).Select(KeyEntry.Of)]);
    }

    IResult Add(KeyRequest request, HttpContext context)
    {
        var name = request.Name?.Trim() ?? "";
        if (name.Length is 0 or > NameMax)
            return Wrong("name", $"must have 1 to {NameMax} characters");
        if (ScopeNames.Parse(request.Scopes ?? []) is not { } scopes || scopes == ApiScopes.None)
            return Wrong("scopes", $"must be some of {string.Join(", ", ScopeNames.Known)}");
        var secret = Secrets.New("ff_");
        var key = grants.AddKey(Caller.Of(context).Account, secret[..8], name, scopes, Secrets.HashOf(secret), clock.GetUtcNow());
        return Results.Json(new NewKey(key.Id, key.Label, ScopeNames.Of(scopes), key.CreatedAt, secret), statusCode: StatusCodes.Status201Created);
    }

    IResult Remove(int id, HttpContext context)
    {
        if (!grants.RemoveKey(Caller.Of(context).Account, id))
            return new ProblemResult(new Problem(404, "Unknown key", $"the account has no key {id}"));
        ring.Forget(id);
        return Results.NoContent();
    }

    static ProblemResult Wrong(string field, string detail) => new(new Problem(400, "The key is not valid", $"{field} {detail}", Field: field));
}
