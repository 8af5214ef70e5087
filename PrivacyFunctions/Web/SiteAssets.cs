using System.Security.Cryptography;
using System.Text;

namespace PrivacyFunctions.Web;

/// <summary>
/// The files that pages load. They are embedded, because no static-file middleware runs on the worker, and their content's
/// hash is in the path, so that a browser may keep them for ever.
/// </summary>
internal static class SiteAssets
{
    public static Asset StyleSheet { get; } = Asset.Load("site.css", "text/css; charset=utf-8");

    public static Asset Icon { get; } = Asset.Load("icon.svg", "image/svg+xml");

    /// <summary>The style sheet as text, for documents that must stand alone.</summary>
    public static string StyleText { get; } = Encoding.UTF8.GetString(StyleSheet.Content);

    public static IReadOnlyDictionary<string, Asset> ByPath { get; } =
        new[] { StyleSheet, Icon }.ToDictionary(asset => asset.Path);
}

/// <summary>An embedded file and the path under which it is served.</summary>
internal sealed record Asset(string Path, string ContentType, byte[] Content)
{
    public static Asset Load(string name, string contentType)
    {
        using var resource = typeof(Asset).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The file {name} is not embedded.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))[..16];
        return new($"/assets/{hash}/{name}", contentType, content.ToArray());
    }
}
