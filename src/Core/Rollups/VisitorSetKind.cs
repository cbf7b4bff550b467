namespace Footfall.Core.Rollups;

/// <summary>How the bytes of a set say who is in it. The numbers are stored.</summary>
public enum VisitorSetKind : byte
{
    /// <summary>Everybody of the list; there are no bytes.</summary>
    All = 0,

    /// <summary>For each, how many of the list are passed over since the one before, as LEB128.</summary>
    Steps = 1,

    /// <summary>A bit for each of the list, the lowest of a byte first.</summary>
    Bits = 2,
}
