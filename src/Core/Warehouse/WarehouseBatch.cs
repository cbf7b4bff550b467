using System.Runtime.InteropServices;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Visits;

namespace Footfall.Core.Warehouse;

/// <summary>What one transaction adds to the warehouse: the rows of some log records, and the position after them.</summary>
public sealed class WarehouseBatch
{
    public required LogPosition Position { get; set; }

    /// <summary>
    /// Where the warehouse must stand for the batch to be taken: an epoch alone would let a later owner add what an earlier one added after the
    /// later one had looked. Null where nobody else writes.
    /// </summary>
    public LogPosition? From { get; init; }

    /// <summary>The epoch of the lease under which the partition is worked off; storage that several processes write refuses one lower than it has seen. 0 where there is but one writer.</summary>
    public long Epoch { get; init; }

    public required long NextSequence { get; set; }

    public required long NextVisit { get; set; }

    /// <summary>Received time, in milliseconds, of the last hit worked off.</summary>
    public required long CompleteUntil { get; set; }

    /// <summary>Hits worked off, whatever became of them.</summary>
    public int Hits { get; set; }

    public List<Event> Events { get; } = [];

    public Dictionary<(int Site, long Visit), VisitPart> Parts { get; } = [];

    /// <summary>Visits found to be one by a late event between them: every row of the first becomes the second's. In order.</summary>
    public List<VisitMerge> Merges { get; } = [];

    /// <summary>Visits that got events after they had ended long ago, and may have been merged into one row by compaction.</summary>
    public HashSet<long> Reopened { get; } = [];

    /// <summary>Keys of event ids and order ids seen for the first time, with the day of receipt.</summary>
    public List<(UInt128 Key, DateOnly Day)> Keys { get; } = [];

    public Dictionary<(int Site, long Hour, string Outcome), long> Ledger { get; } = [];

    /// <summary>The logic and rules that made the batch.</summary>
    public string Definition { get; init; } = "";

    /// <summary>The sites' local days that the events of the batch are on.</summary>
    public HashSet<(int Site, DateOnly Day)> Days { get; } = [];

    /// <summary>When the sites of the batch were last heard of.</summary>
    public Dictionary<int, SiteActivity> Activity { get; } = [];

    /// <summary>What of the log had to be passed over, so that it is told for as long as the warehouse lives.</summary>
    public List<LogDamage> Damage { get; } = [];

    /// <summary>Hits on which a step failed.</summary>
    public List<SetAsideHit> SetAside { get; } = [];

    /// <summary>Hits that were set aside before and have been tried again: they leave the list, and those that failed again are in <see cref="SetAside"/>, too.</summary>
    public List<SetAsideHit> Replayed { get; } = [];

    /// <summary>The part of an event's visit that this batch adds, made when it is the first.</summary>
    public VisitPart PartOf(Event added)
    {
        ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(Parts, (added.Site, added.Visit), out _);
        return part ??= new VisitPart
        {
            Site = added.Site,
            Visit = added.Visit,
            Visitor = added.Visitor,
            Identity = added.Identity,
            SessionKey = added.SessionKey,
            Bot = added.Bot,
        };
    }

    public void Count(int site, long receivedAt, string outcome, long hits = 1)
    {
        var key = (site, receivedAt - (receivedAt % 3_600_000), outcome);
        CollectionsMarshal.GetValueRefOrAddDefault(Ledger, key, out _) += hits;
    }
}
