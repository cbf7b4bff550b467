namespace Footfall.Core.Sites;

/// <summary>What happened on a day, so that people who look at a chart later know why it moved.</summary>
public sealed record Annotation(int Id, int Site, DateOnly Date, string Text);
