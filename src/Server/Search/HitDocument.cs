using System.Globalization;
using System.Text;
using System.Text.Json;
using Footfall.Core.Search;
using Footfall.Server.Archive;

namespace Footfall.Server.Search;

/// <summary>One raw hit and what became of it.</summary>
/// <param name="Outcome">As the ledger names it; pending while it waits, absent when nothing says why it is not counted.</param>
/// <param name="Visitor">As a raw hit names it; null for one that was refused.</param>
/// <param name="Visit">The visit it is counted in.</param>
/// <param name="Payload">What was sent, as it was sent; null for one that was refused.</param>
/// <param name="Meaning">What today's rules make of it.</param>
sealed record HitDocument(
    Guid Id, string Position, DateTimeOffset ReceivedAt, string Outcome, string? Visitor, string? Identity, string? Visit, bool Trusted,
    string? UserAgent, string? Address, string? AcceptLanguage, string? Payload, HitMeaning? Meaning)
{
    public static HitDocument Of(InspectedHit inspected)
    {
        var (found, hit) = (inspected.Hit, inspected.Hit.Hit);
        var isKept = hit.Refusal is null;
        return new HitDocument(
            found.Id,
            found.Position.ToString(),
            DateTimeOffset.FromUnixTimeMilliseconds(found.ReceivedAt),
            inspected.Outcome,
            isKept ? HitLine.VisitorOf(hit.Visitor) : null,
            isKept ? JsonNamingPolicy.SnakeCaseLower.ConvertName(hit.Identity.ToString()) : null,
            inspected.Visit?.ToString(CultureInfo.InvariantCulture),
            hit.Trusted,
            isKept ? hit.UserAgent : null,
            hit.Address?.ToString(),
            isKept ? found.AcceptLanguage : null,
            isKept ? Encoding.UTF8.GetString(hit.Payload.Span) : null,
            HitMeaning.Of(inspected));
    }
}
