using System.Globalization;
using System.Text.RegularExpressions;

namespace Footfall.Core.Reports;

/// <summary>
/// Which regular expressions a filter may use: those that mean the same in .NET, RE2 and Spark's Java and run in linear time. An engine never gets
/// one that it would refuse.
/// </summary>
public static partial class ExpressionRules
{
    /// <summary>RE2 refuses an expression that repeats more often than this; repetitions within repetitions multiply.</summary>
    const int RepeatsMax = 1_000;

    /// <summary>What is wrong with an expression, in a sentence; null when it may be used.</summary>
    public static string? ProblemOf(string expression)
    {
        if (UnknownEscape().Match(expression) is { Success: true } escape)
            return $"The escape {escape.Value} is not known.";
        if (UnknownGroup().IsMatch(expression))
            return "Groups that look ahead or behind, or have a name or a condition, are not known; (?:…) and (?i) are.";
        if (Subtraction().IsMatch(expression))
            return "A set within a set is not known.";
        if (Possessive().IsMatch(expression))
            return "A repetition of a repetition is not known.";
        var repeats = Repeats().Matches(expression).Aggregate(1d, (product, match) => product * Math.Max(1, Number(match)));
        if (repeats > RepeatsMax)
            return $"It repeats more than {RepeatsMax} times.";
        try
        {
            _ = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return wrong.Message;
        }
    }

    static double Number(Match repeat) => repeat.Groups["most"] is { Success: true, Length: > 0 } most
        ? double.Parse(most.ValueSpan, CultureInfo.InvariantCulture)
        : double.Parse(repeat.Groups["least"].ValueSpan, CultureInfo.InvariantCulture);

    // Each looks at an escape as one thing first, so that an escaped backslash does not hide or make up what follows it.
    [GeneratedRegex(@"(?<=(?:^|[^\\])(?:\\\\)*)\\(?![dDwWsSbBntrfv]|x[0-9a-fA-F]{2}|[!-/:-@\[-`{-~])(.|$)", RegexOptions.Singleline)]
    private static partial Regex UnknownEscape();

    [GeneratedRegex(@"(?<=(?:^|[^\\])(?:\\\\)*)\(\?(?!:|[ims]+\)|[ims]+:)")]
    private static partial Regex UnknownGroup();

    [GeneratedRegex(@"\[[^\]]*-\[|\[[^\]]*&&|\[[^\]]*\[:")]
    private static partial Regex Subtraction();

    [GeneratedRegex(@"(?<=(?:^|[^\\])(?:\\\\)*)(?:[*+?]\+|\}\+|[*+?}][*{]|\*\*|\?\?\?)")]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\{(?<least>[0-9]{1,9})(?:,(?<most>[0-9]{0,9}))?\}")]
    private static partial Regex Repeats();
}
