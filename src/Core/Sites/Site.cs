namespace Footfall.Core.Sites;

/// <summary>One measured property of an account: domains, time zone, currency, settings. Costs nothing until it is used.</summary>
/// <param name="Id">Positive, assigned by the catalog, never reused.</param>
/// <param name="Domains">Lower-case host names; the first is the site's name. At least one.</param>
/// <param name="TimeZone">IANA id, such as <c>Europe/Berlin</c>; local days and hours are computed with it.</param>
/// <param name="Currency">ISO 4217, upper case; revenue is reported in it.</param>
public sealed record Site(int Id, IReadOnlyList<string> Domains, string TimeZone, string Currency, SiteSettings Settings)
{
    /// <summary>The account it belongs to.</summary>
    public int Account { get; init; } = Accounts.Account.First;

    /// <summary>The name people know the site by: its first domain.</summary>
    public string Domain => Domains[0];

    /// <summary>The zone of <see cref="TimeZone"/>. .NET caches zones by id, so this costs a dictionary look-up.</summary>
    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>Whether a host is one of the site's own domains or below one of them.</summary>
    public bool Owns(ReadOnlySpan<char> host)
    {
        foreach (var domain in Domains)
        {
            if (host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
                && (host.Length == domain.Length || host[^(domain.Length + 1)] == '.'))
                return true;
        }
        return false;
    }
}
