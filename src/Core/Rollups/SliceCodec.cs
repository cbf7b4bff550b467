namespace Footfall.Core.Rollups;

/// <summary>The bytes of a slice.</summary>
public static class SliceCodec
{
    /// <summary>Part of every <see cref="RolledDay.Basis"/>; a change of the layout changes it.</summary>
    public const int Version = 1;
}
