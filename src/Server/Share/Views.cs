using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Footfall.Core.Accounts;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Server.Admin;

namespace Footfall.Server.Share;

/// <summary>
/// Views of a site for who is no member: a shared link's token, which works while the link does, and embed tokens, which say themselves what they
/// open and until when, signed with a secret of this installation.
/// </summary>
public sealed class Views(IGrants grants, SiteDirectory directory, TimeProvider clock)
{
    const string LinkPrefix = "fs_";
    const string EmbedPrefix = "fe_";

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    readonly Lazy<byte[]> _key = new(() => grants.Secret("embed tokens", RandomNumberGenerator.GetBytes(32)));

    public static string NewLinkToken() => Secrets.New(LinkPrefix);

    public static string TextOf(IReadOnlyList<FilterRequest> filters) => JsonSerializer.Serialize(filters, ReportJson.Default.IReadOnlyListFilterRequest);

    public static IReadOnlyList<FilterRequest> FiltersOf(string text) => JsonSerializer.Deserialize(text, ReportJson.Default.IReadOnlyListFilterRequest) ?? [];

    /// <summary>Who holds a token; null when it opens nothing, or not without a password.</summary>
    public Caller? CallerOf(string token)
    {
        var (site, filters) = Link(token) is { Password: null } link ? (link.Site, link.Filters)
            : Claim(token) is { } claim ? (claim.Site, claim.Filters)
            : (0, "");
        return directory.ById(site) is { } found ? new Caller(found.Account) { View = new SharedView(site, FiltersOf(filters)) } : null;
    }

    /// <summary>The link of a token, whether or not a password stands before it.</summary>
    public SharedLink? Link(string token) => token.StartsWith(LinkPrefix, StringComparison.Ordinal) ? grants.FindLink(token) : null;

    /// <param name="link">The shared link whose password was given; the token works no longer than it. Null when the token stands alone.</param>
    public string Sign(int site, string filters, TimeSpan lasts, int? link = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new EmbedClaim(site, filters, (clock.GetUtcNow() + lasts).ToUnixTimeSeconds(), link), Json);
        return $"{EmbedPrefix}{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key.Value, body))}";
    }

    /// <summary>What a token opens; null when it was not made here, has expired, or its link was taken back.</summary>
    public EmbedClaim? Claim(string token)
    {
        if (!token.StartsWith(EmbedPrefix, StringComparison.Ordinal) || token[EmbedPrefix.Length..].Split('.') is not [var text, var signature])
            return null;
        if (!Base64Url.IsValid(text) || !Base64Url.IsValid(signature))
            return null;
        var body = Base64Url.DecodeFromChars(text);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key.Value, body), Base64Url.DecodeFromChars(signature)))
            return null;
        var claim = JsonSerializer.Deserialize<EmbedClaim>(body, Json)!;
        return claim.Expires > clock.GetUtcNow().ToUnixTimeSeconds() && (claim.Link is not { } link || grants.FindLink(link) is not null) ? claim : null;
    }
}
