using Footfall.Core.Accounts;

namespace Footfall.Core.Sites;

/// <summary>
/// Sites, what is noted of them, and daily salts: with the raw hits, the ground truth. Every change is durable when the call returns.
/// Implementations: SQLite (embedded), PostgreSQL (cluster). Thread-safe.
/// </summary>
public interface ICatalog
{
    /// <summary>Every site, for the directory that the collector looks sites up in.</summary>
    IReadOnlyList<Site> Sites();

    /// <summary>Adds a site and gives it its id.</summary>
    /// <param name="account">Whose it is, for good.</param>
    /// <exception cref="CatalogConflictException">A domain belongs to another site.</exception>
    Site AddSite(IReadOnlyList<string> domains, string timeZone, string currency, SiteSettings settings, int account = Account.First);

    /// <summary>Replaces a site's row by id; false when there is none.</summary>
    /// <exception cref="CatalogConflictException">A domain belongs to another site.</exception>
    bool UpdateSite(Site site);

    /// <summary>Removes a site; false when there is none. Its id is never given again.</summary>
    bool RemoveSite(int id);

    /// <summary>What is noted of a site's days, by day.</summary>
    IReadOnlyList<Annotation> Annotations(int site);

    Annotation AddAnnotation(int site, DateOnly date, string text);

    /// <summary>Replaces an annotation by site and id; false when there is none.</summary>
    bool UpdateAnnotation(Annotation annotation);

    bool RemoveAnnotation(int site, int id);

    /// <summary>The secret that salts the visitors of one local date, made at its first use, the same for all later calls until it is destroyed.</summary>
    /// <param name="candidate">32 random bytes, kept when the date has no secret yet.</param>
    /// <param name="destroyAfter">When it may be destroyed at the earliest; the later of two calls wins.</param>
    byte[] DailySecret(DateOnly date, byte[] candidate, DateTimeOffset destroyAfter);

    /// <summary>Destroys the daily secrets that are due; their visitors can no longer be traced to an address.</summary>
    /// <returns>How many were destroyed.</returns>
    int DestroySecrets(DateTimeOffset now);
}
