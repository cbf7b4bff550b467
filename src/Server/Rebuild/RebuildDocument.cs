using Footfall.Core.Rebuild;

namespace Footfall.Server.Rebuild;

/// <summary>A rebuild.</summary>
/// <param name="Phase">copying, replaying, combining, comparing; ready, switched, rolled_back, compared.</param>
/// <param name="Working">Whether it goes on by itself.</param>
/// <param name="Live">The version that is live: before or after.</param>
/// <param name="Sites">Domains; null is all of them.</param>
/// <param name="Definition">The logic and rules it is made with.</param>
/// <param name="Problem">Why it does not get on; it is tried again.</param>
/// <param name="Progress">While raw hits are read.</param>
/// <param name="Left">What of the days asked for could not be made anew, because raw hits are gone, and stays as it was.</param>
sealed record RebuildDocument(
    string Id, string Phase, bool Working, string Live, IReadOnlyList<string>? Sites, DateOnly? From, DateOnly? To, bool DryRun, DateTimeOffset RequestedAt,
    string Definition, string? Problem, RebuildProgressDocument? Progress, RebuildRemainder? Left);
