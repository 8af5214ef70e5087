using System.Globalization;
using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>What the local host reads of host.json.</summary>
/// <param name="RoutePrefix">The path before every function's route, without slashes at its ends; may be empty.</param>
/// <param name="DurableVersion">The version of orchestrations that are started without one; may be empty.</param>
/// <param name="FunctionTimeout">For how long a function may run.</param>
internal sealed record HostJson(string RoutePrefix, string DurableVersion, TimeSpan FunctionTimeout)
{
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(24); // what the system's timers reach

    /// <summary>Reads the file; a setting that is not there has the Functions host's default.</summary>
    /// <exception cref="FunctionStartupException">There is no such file, or it is not JSON.</exception>
    public static HostJson Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new(
                Extension(json.RootElement, "http", "routePrefix")?.Trim('/') ?? "api",
                Extension(json.RootElement, "durableTask", "defaultVersion") ?? "",
                Timeout(json.RootElement));
        }
        catch (IOException unreadable)
        {
            throw new FunctionStartupException($"host.json cannot be read: {unreadable.Message}");
        }
        catch (JsonException malformed)
        {
            throw new FunctionStartupException($"host.json is not JSON: {malformed.Message}");
        }
    }

    private static TimeSpan Timeout(JsonElement root)
    {
        if (root is not { ValueKind: JsonValueKind.Object } || !root.TryGetProperty("functionTimeout", out var setting)) return UsualTimeout;
        return setting.ToString() switch
        {
            "-1" => System.Threading.Timeout.InfiniteTimeSpan,
            var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var limit) && limit > TimeSpan.Zero && limit <= LongestTimeout => limit,
            var text => throw new FunctionStartupException(
                $"host.json: functionTimeout is a time such as 00:30:00, or -1 for none, not \"{text}\"."),
        };
    }

    private static string? Extension(JsonElement root, string extension, string setting) =>
        root is { ValueKind: JsonValueKind.Object }
        && root.TryGetProperty("extensions", out var extensions)
        && extensions.TryGetProperty(extension, out var settings)
        && settings.TryGetProperty(setting, out var value)
            ? value.GetString()
            : null;
}
