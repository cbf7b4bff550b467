using Footfall.Core.Enrichment;
using Footfall.Core.Hits;

namespace Footfall.Core.Search;

/// <summary>A raw hit and what processing made of it.</summary>
/// <param name="Outcome">As the ledger names it, or one of <see cref="HitInspector"/>.</param>
/// <param name="Sent">What its payload says; null when it cannot be read.</param>
/// <param name="Event">What today's rules make of it; null for one that was refused or cannot be read.</param>
/// <param name="Visit">The visit it is counted in; null when it is in none.</param>
public sealed record InspectedHit(FoundHit Hit, string Outcome, SentEvent? Sent, Event? Event, long? Visit);
