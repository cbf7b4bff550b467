namespace Footfall.Server.Settings;

/// <summary>One step from an earlier data format to the next; <c>Composition.Migrations</c> is the list.</summary>
/// <param name="Name">For good: data folders remember it. Such as <c>2026-03-catalog-roles</c>.</param>
/// <param name="Run">
/// Changes a folder that nobody else has open. It may have been interrupted anywhere before, and may find everything done: it must come to the
/// same end all the same.
/// </param>
public sealed record Migration(string Name, Action<DataFolder> Run);
