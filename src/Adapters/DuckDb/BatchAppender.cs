using DuckDB.NET.Data;
using Footfall.Core.Enrichment;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb;

/// <summary>Writes the rows of a batch through DuckDB's appender, an order of magnitude faster than statements. The order of the values is that of Schema.sql.</summary>
static class BatchAppender
{
    public static void Append(DuckDBConnection connection, WarehouseBatch batch)
    {
        Append(connection, "events_recent", batch.Events, AppendEvent);
        Append(connection, "visit_parts", batch.Parts.Values, AppendPart);
        Append(connection, "items", [.. batch.Events.Where(taken => taken.Items.Count > 0).SelectMany(taken => taken.Items.Select(item => (taken, item)))], AppendItem);
        Append(connection, "event_keys", batch.Keys, AppendKey);
        Append(connection, "definitions", [.. batch.Days.Select(day => (day.Site, day.Day, batch.Definition))], AppendDefinition);
        Append(connection, "ledger", batch.Ledger, AppendLedger);
        Append(connection, "site_activity", batch.Activity, AppendActivity);
        Append(connection, "log_damage", batch.Damage, AppendDamage);
        Append(connection, "set_aside", batch.SetAside, AppendSetAside);
    }

    /// <summary>Makes the table <c>replayed</c>, for a statement that takes its rows out of the hits set aside.</summary>
    public static void PutReplayed(DuckDBConnection connection, IReadOnlyList<SetAsideHit> replayed)
    {
        connection.Run("CREATE OR REPLACE TEMP TABLE replayed (partition INTEGER, log_offset BIGINT, hit INTEGER)");
        Append(connection, "replayed", replayed, (row, hit) => row.AppendValue(hit.Partition).AppendValue(hit.Offset).AppendValue(hit.Index));
    }

    static void Append<T>(DuckDBConnection connection, string table, IReadOnlyCollection<T> rows, Action<IDuckDBAppenderRow, T> append)
    {
        // An appender costs as much as many rows, with none to append too.
        if (rows.Count == 0)
            return;
        using var appender = connection.CreateAppender(table);
        foreach (var row in rows)
        {
            var added = appender.CreateRow();
            append(added, row);
            added.EndRow();
        }
        appender.Close();
    }

    static void AppendEvent(IDuckDBAppenderRow row, Event added) => row
        .AppendValue(added.Site)
        .AppendValue(TimeOf(added.OccurredAt))
        .AppendValue(TimeOf(added.ReceivedAt))
        .AppendValue(added.Sequence)
        .AppendValue(added.LogOffset)
        .AppendValue(added.Visitor)
        .AppendValue(added.Visit)
        .AppendValue(added.Name)
        .AppendValue(added.Hostname)
        .AppendValue(added.Page)
        .AppendValue(added.Title)
        .AppendValue(added.EngagementMs)
        .AppendValue(added.Interactive)
        .AppendValue(added.KeyEvent)
        .AppendValue(added.TimeReplaced)
        .AppendValue(added.AmountMicros)
        .AppendValue(added.Currency)
        .AppendValue(added.RevenueMicros)
        .AppendValue(added.Items.Sum(item => item.Quantity))
        .AppendValue(added.OrderId)
        .AppendValue(added.UserId)
        .AppendValue(added.Props)
        .AppendValue(added.Bot);

    static void AppendPart(IDuckDBAppenderRow row, VisitPart part)
    {
        var first = part.First!;
        row.AppendValue(part.Site)
            .AppendValue(part.Visit)
            .AppendValue(part.Visitor)
            .AppendValue((byte)part.Identity)
            .AppendValue(part.SessionKey)
            .AppendValue(part.Bot)
            .AppendValue(TimeOf(part.StartedAt))
            .AppendValue(TimeOf(part.EndedAt))
            .AppendValue(part.FirstOrder);
        AppendSource(row, first.Source);
        row.AppendValue(first.Place.Country)
            .AppendValue(first.Place.Region)
            .AppendValue(first.Place.City)
            .AppendValue(first.Device.Browser)
            .AppendValue(first.Device.BrowserVersion)
            .AppendValue(first.Device.Os)
            .AppendValue(first.Device.OsVersion)
            .AppendValue(first.Device.Class)
            .AppendValue(first.ScreenClass)
            .AppendValue(first.Language)
            .AppendValue(part.EntryOrder)
            .AppendValue(part.EntryPage)
            .AppendValue(part.ExitOrder)
            .AppendValue(part.ExitPage)
            .AppendValue(part.PageViews)
            .AppendValue(part.Events)
            .AppendValue(part.Interactions)
            .AppendValue(part.KeyEvents)
            .AppendValue(part.EngagementMs);
    }

    static void AppendSource(IDuckDBAppenderRow row, TrafficSource source) => row
        .AppendValue(source.Source)
        .AppendValue(source.Medium)
        .AppendValue(source.Campaign)
        .AppendValue(source.Content)
        .AppendValue(source.Term)
        .AppendValue(source.Channel)
        .AppendValue(source.Referrer);

    static void AppendItem(IDuckDBAppenderRow row, (Event Of, Core.Hits.SentItem Item) line) => row
        .AppendValue(line.Of.Site)
        .AppendValue(TimeOf(line.Of.OccurredAt))
        .AppendValue(line.Of.Sequence)
        .AppendValue(line.Of.Name)
        .AppendValue(line.Item.Id)
        .AppendValue(line.Item.Name)
        .AppendValue(line.Item.Brand)
        .AppendValue(line.Item.Category)
        .AppendValue(line.Item.Variant)
        .AppendValue(line.Item.PriceMicros)
        .AppendValue(line.Item.Quantity);

    static void AppendKey(IDuckDBAppenderRow row, (UInt128 Key, DateOnly Day) seen) => row
        .AppendValue((ulong)(seen.Key >> 64))
        .AppendValue((ulong)seen.Key)
        .AppendValue((DateOnly?)seen.Day);

    static void AppendDefinition(IDuckDBAppenderRow row, (int Site, DateOnly Day, string Version) made) => row
        .AppendValue(made.Site)
        .AppendValue((DateOnly?)made.Day)
        .AppendValue(made.Version);

    static void AppendLedger(IDuckDBAppenderRow row, KeyValuePair<(int Site, long Hour, string Outcome), long> line) => row
        .AppendValue(line.Key.Site)
        .AppendValue(TimeOf(line.Key.Hour))
        .AppendValue(line.Key.Outcome)
        .AppendValue(line.Value);

    static void AppendActivity(IDuckDBAppenderRow row, KeyValuePair<int, SiteActivity> seen) => row
        .AppendValue(seen.Key)
        .AppendValue(TimeOf(seen.Value.LastEventAt!.Value))
        .AppendValue(seen.Value.LastTrackerEventAt is { } time ? TimeOf(time) : (DateTime?)null);

    static void AppendDamage(IDuckDBAppenderRow row, LogDamage damage) => row
        .AppendValue(damage.Partition)
        .AppendValue(damage.Start)
        .AppendValue(damage.End)
        .AppendValue(TimeOf(damage.FoundAt));

    static void AppendSetAside(IDuckDBAppenderRow row, SetAsideHit hit) => row
        .AppendValue(hit.Partition)
        .AppendValue(hit.Offset)
        .AppendValue(hit.Index)
        .AppendValue((Guid?)hit.Id)
        .AppendValue(hit.Site)
        .AppendValue(hit.Visitor)
        .AppendValue(TimeOf(hit.ReceivedAt))
        .AppendValue(hit.Sequence)
        .AppendValue(hit.Reason)
        .AppendValue(TimeOf(hit.TriedAt));

    static DateTime TimeOf(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);
}
