namespace Footfall.Core.Reports;

/// <summary>Versions of logic and rules that made something, as one text: each once, in the order of their bytes. Empty where nothing was made.</summary>
public static class MadeBy
{
    // No version holds it.
    const string And = " + ";

    public static string Join(IEnumerable<string> versions) => string.Join(And, versions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>Of several such texts, one.</summary>
    public static string Union(IEnumerable<string> texts) => Join(texts.SelectMany(text => text.Split(And, StringSplitOptions.RemoveEmptyEntries)));
}
