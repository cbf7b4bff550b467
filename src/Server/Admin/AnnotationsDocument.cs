namespace Footfall.Server.Admin;

/// <summary>The annotations of a site by day.</summary>
sealed record AnnotationsDocument(IReadOnlyList<AnnotationDocument> Annotations);
