using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Web;

/// <summary>
/// What was posted, read in one place: a url-encoded or multipart form or a flat JSON object, never more than
/// <see cref="MostBytes"/>. Reading never throws for what a stranger sends.
/// </summary>
internal abstract record Submission
{
    /// <summary>Larger bodies are refused with 413: no form here needs a twentieth of it.</summary>
    public const int MostBytes = 64 * 1024;

    private Submission()
    {
    }

    /// <summary>The fields, trimmed; a missing one is empty.</summary>
    public sealed record Fields(IReadOnlyDictionary<string, string> Values) : Submission
    {
        /// <summary>Nothing was sent.</summary>
        public static Fields None { get; } = new(new Dictionary<string, string>());

        public string this[string name] => Values.TryGetValue(name, out var value) ? value.Trim() : "";

        /// <summary>Reads one of a few codes, as JSON writes the members of an enumeration.</summary>
        public bool TryReadCode<T>(string name, out T code)
            where T : struct, Enum
        {
            var found = Enum.GetValues<T>().Where(each => JsonNamingPolicy.CamelCase.ConvertName($"{each}") == this[name]).ToList();
            code = found.FirstOrDefault();
            return found.Count > 0;
        }

        /// <summary>A mistake for each field that there is not: a slip of the hand, or one that a newer form has no more.</summary>
        public IEnumerable<Mistake> MistakesBeyond(params string[] known) => Values.Keys.Except(known, StringComparer.Ordinal)
            .Select(name => new Mistake(name, $"'{name}' is no field here. There are {string.Join(", ", known)}."));
    }

    /// <summary>It cannot be read: the answer says why.</summary>
    public sealed record Unreadable(IResult Answer) : Submission;

    public static async Task<Submission> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            if (await BodyAsync(request, cancellation) is not { } body) return TooMuch(request);
            if (request.HasJsonContentType()) return new Fields(Flat(body));
            if (request.HasFormContentType) return new Fields(await FormAsync(request, body, cancellation));
        }
        // An IOException is also what the server throws for a body that breaks off or is no proper sequence of chunks.
        catch (Exception malformed)
            when (malformed is JsonException or InvalidDataException or IOException or DecoderFallbackException)
        {
            return Malformed(request);
        }

        return Refuse(request, 415, Says.WrongType.Write());
    }

    /// <summary>Its fields are larger than any form's.</summary>
    public static Unreadable TooMuch(HttpRequest request) =>
        Refuse(request, 413, Says.TooMuch.Write(("kilobytes", MostBytes / 1024)));

    /// <summary>It is no form.</summary>
    public static Unreadable Malformed(HttpRequest request) => Refuse(request, 400, Says.Malformed.Write());

    /// <summary>It did not come to its end.</summary>
    public static Unreadable TooSlow(HttpRequest request) => Refuse(request, 408, Says.TooSlow.Write());

    private static AnswersText Says => PageText.Of<AnswersText>();

    private static Unreadable Refuse(HttpRequest request, int status, Notice notice) => new(Replies.Refused(request, status, notice));

    /// <summary>The body, or null if it is larger than <see cref="MostBytes"/>.</summary>
    /// <exception cref="IOException">It broke off, or is no proper sequence of chunks.</exception>
    public static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (request.ContentLength > MostBytes) return null;
        var buffer = new byte[MostBytes + 1];
        var read = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        return read > MostBytes ? null : buffer[..read];
    }

    private static Dictionary<string, string> Flat(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in json.RootElement.EnumerateObject())
            values[Text(() => property.Name)] = property.Value.ValueKind switch
            {
                JsonValueKind.String => Text(() => property.Value.GetString()!),
                JsonValueKind.Null => "",
                _ => throw new JsonException(),
            };
        return values;
    }

    // Half a surrogate pair, or bytes that are no UTF-8, are found only when a string is read, and then by this exception.
    private static string Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException noText)
        {
            throw new JsonException("A string holds no text.", noText);
        }
    }

    private static async Task<Dictionary<string, string>> FormAsync(
        HttpRequest request, byte[] body, CancellationToken cancellation)
    {
        var buffered = new DefaultHttpContext { Request = { Body = new MemoryStream(body), ContentType = Readable(request.ContentType!) } };
        var form = await new FormFeature(buffered.Request).ReadFormAsync(cancellation);
        return form.ToDictionary(field => field.Key, field => field.Value.ToString());
    }

    // A charset that this platform refuses to decode (utf-7) must lose nobody's wish: UTF-8 reads all that a form needs.
    private static string Readable(string contentType)
    {
        var type = MediaTypeHeaderValue.Parse(contentType);
        try
        {
            _ = type.Encoding;
        }
        catch (NotSupportedException)
        {
            type.Charset = default;
        }

        return type.ToString();
    }
}
