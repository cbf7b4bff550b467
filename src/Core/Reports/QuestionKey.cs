using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Core.Reports;

/// <summary>
/// The key of a question's answer: all that the answer depends on, written out without ambiguity and hashed. Two questions that differ have two keys,
/// also when they would have one answer.
/// </summary>
static class QuestionKey
{
    /// <param name="versions">What the answer depends on besides the question: of the data, the definitions and the program.</param>
    public static string Of(ReportQuery query, params ReadOnlySpan<string> versions)
    {
        var text = new StringBuilder(512);
        foreach (var version in versions)
            Add(text, version);
        Add(text, query.Site.TimeZone);
        Add(text, query.Site.Currency);
        Add(text, string.Join(',', query.Metrics.Select(metric => metric.Id)));
        text.Append(query.Dimensions.Count);
        foreach (var dimension in query.Dimensions)
            Add(text, dimension.Id);
        text.Append(CultureInfo.InvariantCulture, $"|{query.Range.From:O} {query.Range.To:O} {query.AllTime} {query.Limit} {query.Offset}|");
        text.Append(CultureInfo.InvariantCulture, $"{query.Compare?.From:O} {query.Compare?.To:O}|");
        foreach (var order in query.Order)
            Add(text, (order.Descending ? "-" : "+") + order.Column);
        Add(text, query.Filter);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return string.Create(CultureInfo.InvariantCulture, $"report/{query.Site.Id}/{Convert.ToHexStringLower(hash)}");
    }

    static void Add(StringBuilder text, Filter? filter)
    {
        switch (filter)
        {
            case Filter.And and:
                Add(text, '&', and.Of);
                break;
            case Filter.Or or:
                Add(text, '|', or.Of);
                break;
            case Filter.Not not:
                Add(text, '!', [not.Of]);
                break;
            case Filter.Test test:
                text.Append(CultureInfo.InvariantCulture, $"={(int)test.Operator},{test.IgnoreCase},{test.Values.Count}");
                Add(text, test.Dimension.Id);
                foreach (var value in test.Values)
                    Add(text, value);
                break;
            default:
                text.Append('.');
                break;
        }
    }

    static void Add(StringBuilder text, char kind, IReadOnlyList<Filter> filters)
    {
        text.Append(kind).Append(filters.Count);
        foreach (var filter in filters)
            Add(text, filter);
    }

    /// <summary>With its length, so that what follows cannot be taken for a part of it.</summary>
    static void Add(StringBuilder text, string part) => text.Append(part.Length).Append(':').Append(part);
}
