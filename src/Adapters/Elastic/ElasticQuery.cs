using System.Text.Json.Nodes;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Search;

namespace Footfall.Adapters.Elastic;

/// <summary>What is looked for, as Elasticsearch takes it. Every value is a value; none is pasted into a query.</summary>
static class ElasticQuery
{
    /// <summary>All that a query wants, but for the place of the page.</summary>
    public static JsonArray Of(HitQuery query)
    {
        var filters = Of(new HitFilter(query.Site, query.Visitor, query.From, query.To));
        AddTerm(filters, "refused", query.Refusal);
        AddTerm(filters, "event_name", query.Event);
        if (query.Path is { } path)
            filters.Add(new JsonObject { ["wildcard"] = new JsonObject { ["page_path"] = new JsonObject { ["value"] = Escape(path) } } });
        if (query.Text is { } text)
        {
            foreach (var begin in HitTraits.WordsOf(text))
                filters.Add(new JsonObject { ["prefix"] = new JsonObject { ["words"] = new JsonObject { ["value"] = begin } } });
        }
        return filters;
    }

    public static JsonArray Of(HitFilter filter)
    {
        var filters = new JsonArray();
        if (filter.Site is { } site)
            filters.Add(new JsonObject { ["term"] = new JsonObject { ["site"] = site } });
        AddTerm(filters, "visitor", filter.Visitor is { } visitor ? HitDocuments.VisitorOf(visitor) : null);
        var received = new JsonObject { ["format"] = "epoch_millis" };
        if (filter.From != long.MinValue)
            received["gte"] = filter.From;
        if (filter.To != long.MaxValue)
            received["lt"] = filter.To;
        if (received.Count > 1)
            filters.Add(new JsonObject { ["range"] = new JsonObject { ["received_at"] = received } });
        return filters;
    }

    /// <summary>The hits of a partition from an offset on, up to another.</summary>
    /// <param name="filters">What else is wanted.</param>
    public static JsonArray Between(JsonArray filters, LogPosition from, long to)
    {
        filters.Add(new JsonObject { ["term"] = new JsonObject { ["partition"] = from.Partition } });
        filters.Add(new JsonObject { ["range"] = new JsonObject { ["offset"] = new JsonObject { ["gte"] = from.Offset, ["lt"] = to } } });
        return filters;
    }

    public static JsonObject Filtered(JsonArray filters) => new() { ["bool"] = new JsonObject { ["filter"] = filters } };

    public static JsonArray Sort(string order, params ReadOnlySpan<string> fields) => new([.. fields.ToArray().Select(field => new JsonObject { [field] = order })]);

    static void AddTerm(JsonArray filters, string field, string? value)
    {
        if (value is not null)
            filters.Add(new JsonObject { ["term"] = new JsonObject { [field] = value } });
    }

    /// <summary>Only <c>*</c> is anything but itself.</summary>
    static string Escape(string path) => path.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal);
}
