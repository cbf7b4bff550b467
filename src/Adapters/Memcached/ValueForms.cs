namespace Footfall.Adapters.Memcached;

/// <summary>How a value lies in memcached; kept as the item's flags.</summary>
[Flags]
enum ValueForms
{
    Plain = 0,

    /// <summary>One frame of zstd.</summary>
    Compressed = 1,

    /// <summary>The length of the whole key in four bytes and the key in UTF-8 stand before the value, inside the compression.</summary>
    SaysKey = 2,
}
