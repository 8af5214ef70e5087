using System.Text.Encodings.Web;
using System.Text.Json;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Exports;

/// <summary>How a package writes JSON: a person may read it, and it is never part of a page.</summary>
internal static class PackageJson
{
    public static JsonSerializerOptions Options { get; } =
        new(RecordJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
