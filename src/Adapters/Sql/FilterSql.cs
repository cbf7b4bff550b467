using System.Globalization;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>Filters as conditions that are true or false and never null, so that NOT means what it says.</summary>
/// <param name="text">The value of a dimension as reports show it.</param>
/// <param name="raw">The column of a dimension, for conditions that need no more.</param>
public sealed class FilterSql(Func<Dimension, string> text, Func<Dimension, string> raw, SqlParameters parameters)
{
    public string Render(Filter filter) => filter switch
    {
        Filter.And and => $"({string.Join(" AND ", and.Of.Select(Render))})",
        Filter.Or or => $"({string.Join(" OR ", or.Of.Select(Render))})",
        Filter.Not not => $"(NOT {Render(not.Of)})",
        Filter.Test test => Render(test),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    string Render(Filter.Test test) => test.Operator switch
    {
        FilterOperator.Is or FilterOperator.In => Equal(test),
        FilterOperator.IsNot or FilterOperator.NotIn => $"(NOT {Equal(test)})",
        FilterOperator.Contains => $"contains({Text(test)}, {Value(test)})",
        FilterOperator.NotContains => $"(NOT contains({Text(test)}, {Value(test)}))",
        FilterOperator.StartsWith => parameters.Dialect.StartsWith(Text(test), Value(test)),
        FilterOperator.EndsWith => parameters.Dialect.EndsWith(Text(test), Value(test)),
        FilterOperator.Matches => Matches(test),
        FilterOperator.NotMatches => $"(NOT {Matches(test)})",
        FilterOperator.Greater => $"coalesce({parameters.Dialect.Number(text(test.Dimension))} > {Number(test)}, false)",
        FilterOperator.Less => $"coalesce({parameters.Dialect.Number(text(test.Dimension))} < {Number(test)}, false)",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    string Equal(Filter.Test test)
    {
        // A column that is never null can be compared as it stands, which lets an engine skip row groups, unless a missing value is asked for.
        var plain = test.Dimension is { Kind: DimensionKind.Text, Missing: not MissingValue.Null } && !test.IgnoreCase
            && test.Values.All(value => value.Length > 0 && value != Labels.NotSet);
        var left = plain ? raw(test.Dimension) : Text(test);
        return test.Values.Count == 1
            ? $"({left} = {Value(test)})"
            : $"({left} IN ({string.Join(", ", test.Values.Select(value => Cased(test, parameters.Add(value))))}))";
    }

    string Matches(Filter.Test test) => parameters.Dialect.Matches(text(test.Dimension), parameters.Add(test.Values[0]), test.IgnoreCase);

    string Text(Filter.Test test) => Cased(test, text(test.Dimension));

    string Value(Filter.Test test) => Cased(test, parameters.Add(test.Values[0]));

    string Number(Filter.Test test) => parameters.Add(double.Parse(test.Values[0], CultureInfo.InvariantCulture));

    static string Cased(Filter.Test test, string sql) => test.IgnoreCase ? $"lower({sql})" : sql;
}
