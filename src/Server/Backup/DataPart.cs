namespace Footfall.Server.Backup;

/// <summary>One of the things that make up a data folder and cannot be made again. <c>Composition.DataParts</c> is the list.</summary>
/// <param name="Files">The files that hold everything up to an offset of the log.</param>
public sealed record DataPart(string Name, Func<long, IEnumerable<PartFile>> Files);
