using Footfall.Core.Visits;

namespace Footfall.Adapters.DuckDb;

/// <summary>Visits that late events found to be one.</summary>
static class JoinedVisits
{
    /// <summary>Where each part ends up: a visit that took another in may itself be taken in later.</summary>
    public static Dictionary<(int Site, long Part), long> Wholes(List<VisitMerge> merges)
    {
        var wholes = new Dictionary<(int Site, long Part), long>();
        foreach (var merge in Enumerable.Reverse(merges))
            wholes[(merge.Site, merge.From)] = wholes.GetValueOrDefault((merge.Site, merge.Into), merge.Into);
        return wholes;
    }
}
