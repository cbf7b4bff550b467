namespace Footfall.Core.Enrichment;

/// <summary>What a page's address, or a protocol's own fields, say about the campaign that brought the visitor. Empty is not sent.</summary>
public readonly record struct CampaignParameters(string Source, string Medium, string Campaign, string Content, string Term)
{
    const int ValueLengthMax = 500;

    public static readonly CampaignParameters None = new("", "", "", "", "");

    /// <summary>Whether they decide the source: content and term alone do not.</summary>
    public bool Decide => Source.Length + Medium.Length + Campaign.Length > 0;

    /// <summary>Reads the utm_ parameters and the click id of a query; the first of repeated ones that is not empty counts.</summary>
    /// <param name="clickId">The first click id that is not empty, or null; a paid one wins over others.</param>
    public static CampaignParameters Read(ReadOnlySpan<char> query, out ClickId? clickId)
    {
        clickId = null;
        var read = None;
        var parameters = new QueryParameters(query);
        while (parameters.MoveNext())
        {
            if (parameters.Value.IsEmpty)
                continue;
            if (parameters.Name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase))
                read = read.With(parameters.Name[4..], parameters.Value);
            else if (clickId is not { IsPaid: true } && ClickIds.Find(parameters.Name) is { } found && (clickId is null || found.IsPaid))
                clickId = found;
        }
        return read;
    }

    CampaignParameters With(ReadOnlySpan<char> name, ReadOnlySpan<char> value) => name switch
    {
        _ when Source.Length == 0 && Is(name, "source") => this with { Source = Clean(value) },
        _ when Medium.Length == 0 && Is(name, "medium") => this with { Medium = Clean(value) },
        _ when Campaign.Length == 0 && Is(name, "campaign") => this with { Campaign = Clean(value) },
        _ when Content.Length == 0 && Is(name, "content") => this with { Content = Clean(value) },
        _ when Term.Length == 0 && Is(name, "term") => this with { Term = Clean(value) },
        _ => this,
    };

    static bool Is(ReadOnlySpan<char> name, string expected) => name.Equals(expected, StringComparison.OrdinalIgnoreCase);

    static string Clean(ReadOnlySpan<char> value)
    {
        var text = new CutText(stackalloc char[ValueLengthMax]);
        text.Append(QueryParameters.Decode(value).AsSpan().Trim());
        return text.ToString();
    }
}
