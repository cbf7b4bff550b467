namespace Footfall.Adapters.Sql;

/// <summary>
/// What engines write differently. Everything else of a statement is common to them; one contract suite holds their answers against one another's.
/// Arguments are expressions, or names of parameters, and never values. All times are UTC.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>The name of a parameter, as a statement has it.</summary>
    public abstract string Parameter(int index);

    /// <summary>Begins a part of a statement; one that is kept is computed once, if the engine can, however many read it.</summary>
    public abstract string As(bool kept);

    /// <summary>Microseconds since 1970 of a time.</summary>
    public abstract string Microseconds(string time);

    /// <summary>An interval of a number of seconds.</summary>
    public abstract string Seconds(string number);

    /// <summary>Monday is 1, Sunday 7.</summary>
    public abstract string DayOfWeek(string time);

    /// <summary>A day as <c>2026-11-27</c>.</summary>
    public abstract string DayText(string time);

    /// <summary>A month as <c>2026-11</c>.</summary>
    public abstract string MonthText(string time);

    public abstract string Text(string value);

    /// <summary>A text as a number; null when it is none.</summary>
    public abstract string Number(string text);

    public abstract string StartsWith(string text, string prefix);

    public abstract string EndsWith(string text, string suffix);

    /// <summary>Whether a regular expression fits anywhere in a text. Its syntax is the engine's: RE2 or Java's.</summary>
    public abstract string Matches(string text, string pattern, bool ignoreCase);

    /// <summary>A property of an object as text: a string without its quotes, anything else as JSON; null when it has none.</summary>
    /// <param name="name">The property's name, a value.</param>
    public abstract string Property(string json, string name, SqlParameters parameters);

    /// <summary>The names of an object's properties as a JSON array, in their order.</summary>
    public abstract string PropertyNames(string json);

    public abstract string IsOneOf(string column, IReadOnlyList<string> values, SqlParameters parameters);

    /// <summary>An aggregate: the different values, in no order.</summary>
    public abstract string Distinct(string column);

    /// <summary>Rounded down, of numbers that are not negative.</summary>
    public abstract string Whole(string number, long divisor);
}
