namespace Footfall.Core.Enrichment;

/// <summary>The parameters of a query, in order, without allocating. Names and values are as sent; <see cref="Decode"/> reads them.</summary>
public ref struct QueryParameters(ReadOnlySpan<char> query)
{
    ReadOnlySpan<char> _rest = query;

    /// <summary>The whole parameter, <c>name=value</c> or <c>name</c>.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    public readonly ReadOnlySpan<char> Name
    {
        get
        {
            var equals = Current.IndexOf('=');
            return equals < 0 ? Current : Current[..equals];
        }
    }

    public readonly ReadOnlySpan<char> Value
    {
        get
        {
            var equals = Current.IndexOf('=');
            return equals < 0 ? default : Current[(equals + 1)..];
        }
    }

    /// <summary>Moves to the next parameter; empty ones are passed over.</summary>
    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var end = _rest.IndexOf('&');
            Current = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (!Current.IsEmpty)
                return true;
        }
        return false;
    }

    /// <summary>Reads <c>+</c> and percent-encoded UTF-8; what is not well encoded stays as it was sent.</summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('%', '+') < 0)
            return text.ToString();
        return Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
    }
}
