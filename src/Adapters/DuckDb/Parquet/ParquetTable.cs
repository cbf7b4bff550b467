namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>How the rows of a table are kept in files. The columns are those of Schema.sql, in its order.</summary>
/// <param name="Appended">The table of Schema.sql that a batch is appended to; null where only compaction makes rows.</param>
/// <param name="Order">What files are sorted by.</param>
/// <param name="Time">The start of a row as a timestamp; null for tables that are not kept by time.</param>
/// <param name="End">Its end.</param>
sealed record ParquetTable(string Name, string? Appended, string Order, string? Time = null, string? End = null)
{
    public static readonly ParquetTable Events = new("events", "events_recent", "site, occurred_at, sequence", "occurred_at", "occurred_at") { HasSite = true, HasVisit = true };
    public static readonly ParquetTable Parts = new("visit_parts", "visit_parts", "site, visit", "started_at", "ended_at") { HasSite = true, HasVisit = true };
    public static readonly ParquetTable Visits = new("visits", null, "site, started_at, visit", "started_at", "ended_at") { HasSite = true, HasVisit = true };
    public static readonly ParquetTable Items = new("items", "items", "site, occurred_at, sequence", "occurred_at", "occurred_at") { HasSite = true };
    public static readonly ParquetTable Keys = new("event_keys", "event_keys", "day", "day::TIMESTAMP", "day::TIMESTAMP") { IsKeptByDay = true };

    public static readonly ParquetTable Ledger = new("ledger", "ledger", "site, hour, outcome", "hour", "hour")
    {
        HasSite = true,
        Fold = "SELECT site, hour, outcome, sum(hits)::BIGINT AS hits FROM {0} GROUP BY ALL",
    };

    public static readonly ParquetTable Activity = new("site_activity", "site_activity", "site")
    {
        HasSite = true,
        Fold = "SELECT site, max(last_event_at) AS last_event_at, max(last_tracker_event_at) AS last_tracker_event_at FROM {0} GROUP BY site",
    };

    public static readonly ParquetTable Definitions = new("definitions", "definitions", "site, day, version")
    {
        HasSite = true,
        Fold = "SELECT DISTINCT site, day, version FROM {0}",
    };

    public static readonly ParquetTable Damage = new("log_damage", "log_damage", "partition, log_offset");

    public static readonly ParquetTable SetAside = new("set_aside", "set_aside", "partition, log_offset, hit") { HasSite = true };

    /// <summary>See Amended.sql. One file, written whole.</summary>
    public static readonly ParquetTable Amended = new("amended", null, "site, visit") { HasSite = true, HasVisit = true };

    public static readonly IReadOnlyList<ParquetTable> All = [Events, Parts, Visits, Items, Keys, Ledger, Activity, Definitions, Damage, SetAside, Amended];

    public bool HasSite { get; init; }

    public bool HasVisit { get; init; }

    /// <summary>Whether also old files hold one day each, because days are deleted as a whole.</summary>
    public bool IsKeptByDay { get; init; }

    /// <summary>A statement over a relation, in place of {0}, that says the same in fewer rows; null when every row counts.</summary>
    public string? Fold { get; init; }

    public string Folded(string relation) => Fold is null ? relation : $"({string.Format(System.Globalization.CultureInfo.InvariantCulture, Fold, relation)})";
}
