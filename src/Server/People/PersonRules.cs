using System.Diagnostics.CodeAnalysis;
using Footfall.Core.Accounts;

namespace Footfall.Server.People;

/// <summary>What names, addresses, passwords and roles must be like. Each check gives the first thing wrong.</summary>
static class PersonRules
{
    const int NameMax = 100;
    const int EmailMax = 254;
    const int PasswordMin = 10;
    const int PasswordMax = 200;

    public static Problem? Name(string field, [NotNull] ref string? name)
    {
        name = name?.Trim() ?? "";
        return name.Length is > 0 and <= NameMax ? null : Wrong(field, $"must have 1 to {NameMax} characters", NameMax);
    }

    public static Problem? Email([NotNull] ref string? email)
    {
        email = email?.Trim() ?? "";
        var at = email.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && email.Length <= EmailMax && !email.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter))
            ? null
            : Wrong("email", "must be an address such as ada@example.com");
    }

    public static Problem? Password(string field, [NotNull] ref string? password)
    {
        password ??= "";
        return password.Length is >= PasswordMin and <= PasswordMax
            ? null
            : Wrong(field, $"must have {PasswordMin} to {PasswordMax} characters", password.Length < PasswordMin ? PasswordMin : PasswordMax);
    }

    public static Problem? Role(string? text, out Role role) =>
        Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role) && !char.IsAsciiDigit(text![0])
            ? null
            : Wrong("role", "must be owner, admin, editor or viewer");

    public static Problem Wrong(string field, string detail, long? limit = null) => new(400, "The request is not valid", $"{field} {detail}", Field: field, Limit: limit);

    public static string NameOf(Role role) => role.ToString().ToLowerInvariant();
}
