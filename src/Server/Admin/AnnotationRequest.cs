namespace Footfall.Server.Admin;

/// <param name="Date">yyyy-MM-dd, a day of the site's.</param>
sealed record AnnotationRequest(string? Date, string? Text);
