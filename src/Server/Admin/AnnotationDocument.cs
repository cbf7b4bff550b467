using System.Globalization;
using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>An annotation as the API shows it.</summary>
sealed record AnnotationDocument(int Id, string Date, string Text)
{
    public static AnnotationDocument Of(Annotation annotation) =>
        new(annotation.Id, annotation.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), annotation.Text);
}
