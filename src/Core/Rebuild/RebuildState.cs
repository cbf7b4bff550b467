using System.Text.Json.Serialization;

namespace Footfall.Core.Rebuild;

/// <summary>A rebuild that was asked for, and how far it is: all that must survive a crash, beside the versions' own positions.</summary>
/// <param name="Sites">Whose history; null is everybody's.</param>
/// <param name="From">The first local day; null is since ever.</param>
/// <param name="To">The last local day; null is until now.</param>
/// <param name="DryRun">Whether nothing but the difference is wanted.</param>
/// <param name="SwitchWhenReady">Whether the new version is to go live as soon as the difference is known.</param>
/// <param name="Definition">The logic and rules that it is made with.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Wanted">The version that somebody wants to be live; null when nothing is to be done.</param>
/// <param name="HistoryStart">Offset of the oldest raw hit when it began.</param>
/// <param name="Remainder">What could not be made again; null until that is known.</param>
public sealed record RebuildState(
    string Id, IReadOnlyList<int>? Sites, DateOnly? From, DateOnly? To, bool DryRun, bool SwitchWhenReady, DateTimeOffset RequestedAt,
    string Definition, RebuildPhase Phase, RebuildSide? Wanted, long HistoryStart, RebuildRemainder? Remainder)
{
    /// <summary>Whether something is still to be done that nobody needs to ask for.</summary>
    [JsonIgnore]
    public bool IsAtWork => Phase < RebuildPhase.Ready || Wanted is not null;
}
