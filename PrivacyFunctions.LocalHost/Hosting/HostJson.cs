using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Hosting;

/// <summary>
/// What the local host reads of host.json. Not durableTask/defaultVersion: the Functions host, too, leaves an orchestration's
/// version empty whatever that says.
/// </summary>
/// <param name="RoutePrefix">The path before every function's route, without slashes at its ends; may be empty.</param>
internal sealed record HostJson(string RoutePrefix)
{
    /// <summary>Reads the file; a setting that is not there has the Functions host's default.</summary>
    /// <exception cref="FunctionStartupException">There is no such file, or it is not JSON.</exception>
    public static HostJson Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(path), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new(json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("extensions", out var extensions)
                && extensions.TryGetProperty("http", out var http)
                && http.TryGetProperty("routePrefix", out var prefix)
                    ? prefix.GetString()!.Trim('/')
                    : "api");
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
}
