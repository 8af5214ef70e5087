using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace PrivacyFunctions.Web;

/// <summary>
/// Reads forms that bring files, which every other form does without: never more than <see cref="MostBytes"/> of one, and the files of a few at a time, so
/// that they fit into memory. Nothing is written to a disk. Reading never throws for what a stranger sends.
/// </summary>
internal sealed class Uploads(TimeProvider time) : IDisposable
{
    /// <summary>Larger bodies are refused with 413.</summary>
    public const int MostBytes = 16 * Megabyte;

    /// <summary>What a megabyte is.</summary>
    public const int Megabyte = 1024 * 1024;

    /// <summary>The files of how many forms are in memory at a time.</summary>
    public const int MostAtATime = 4;

    private const int MostParts = 32;
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4); // nobody keeps a place by sending slowly

    private readonly SemaphoreSlim _places = new(MostAtATime);

    /// <summary>Reads what was posted. A form without files, and JSON, are read as everywhere else.</summary>
    /// <param name="request">What was posted.</param>
    /// <param name="mostFiles">How many files it can have.</param>
    /// <param name="mostBytes">How large each can be.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Upload> ReadAsync(HttpRequest request, int mostFiles, int mostBytes, CancellationToken cancellation)
    {
        if (BoundaryOf(request) is not { Length: > 0 } boundary) return new(await Submission.ReadAsync(request, cancellation));
        using var tooSlow = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooSlow.Token);
        var upload = new Upload(Submission.Fields.None);
        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body), upload, request.ContentLength, mostFiles, mostBytes, either.Token)
                ? upload
                : Instead(Submission.TooMuch(request));
        }
        // An IOException is also what the server throws for a body that breaks off or is no proper sequence of chunks.
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return Instead(Submission.Malformed(request));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Instead(Submission.Malformed(request));
        }
        catch
        {
            upload.Dispose();
            throw;
        }

        Upload Instead(Submission answer)
        {
            upload.Dispose();
            return new(answer);
        }
    }

    public void Dispose() => _places.Dispose();

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;

    // False where its fields are larger than any form's.
    private async Task<bool> ReadAsync(
        MultipartReader reader, Upload upload, long? length, int mostFiles, int mostBytes, CancellationToken cancellation)
    {
        var (values, parts, left, forFields) = (new Dictionary<string, string>(StringComparer.Ordinal), 0, MostBytes, Submission.MostBytes);
        upload.Submission = new Submission.Fields(values);
        while (await reader.ReadNextSectionAsync(cancellation) is { } part)
        {
            if (++parts > MostParts || part.GetContentDispositionHeader() is not { } disposition) throw new InvalidDataException();
            if (!disposition.IsFileDisposition())
            {
                var (value, read) = await BytesAsync(part.Body, forFields, left, cancellation);
                if (value is null) return false;
                (left, forFields) = (left - read, forFields - read);
                values[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = System.Text.Encoding.UTF8.GetString(value);
                continue;
            }

            if (length > MostBytes)
            {
                upload.Fault = UploadFault.TooMuch;
                return true;
            }

            if (!upload.HasPlace && !await _places.WaitAsync(Patience, cancellation))
            {
                upload.Fault = UploadFault.Busy;
                return true;
            }

            upload.Place = _places;
            upload.Chosen++;
            var (content, size) = await BytesAsync(part.Body, upload.Chosen > mostFiles ? 0 : mostBytes, left, cancellation);
            left -= size;
            if (left < 0)
            {
                upload.Fault = UploadFault.TooMuch;
                return true;
            }

            if (upload.Chosen <= mostFiles)
                upload.Files.Add(new(HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "", content));
        }

        return true;
    }

    // All of it is read, so that the next part comes, but no more than is left; null where it is larger than what is kept.
    private static async Task<(byte[]? Kept, int Read)> BytesAsync(Stream body, int mostKept, int left, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var (buffer, total) = (new byte[BufferBytes], 0);
        while (total <= left && await body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            total += read;
            if (total <= mostKept) kept.Write(buffer, 0, read);
            else kept.SetLength(0);
        }

        return (total <= mostKept && total <= left ? kept.ToArray() : null, total);
    }
}

/// <summary>What was posted with files. It keeps its place in memory until it is disposed of.</summary>
internal sealed class Upload(Submission submission) : IDisposable
{
    /// <summary>Its fields, or the answer to what cannot be read.</summary>
    public Submission Submission { get; set; } = submission;

    /// <summary>The files, in their order; no more than were allowed.</summary>
    public List<UploadedFile> Files { get; } = [];

    /// <summary>How many files were sent.</summary>
    public int Chosen { get; set; }

    /// <summary>Why its files were not read to the end; what came before them is there.</summary>
    public UploadFault Fault { get; set; }

    /// <summary>Where its files have a place.</summary>
    public SemaphoreSlim? Place { private get; set; }

    public bool HasPlace => Place is not null;

    public void Dispose()
    {
        Place?.Release();
        Place = null;
    }
}

/// <summary>A file.</summary>
/// <param name="Name">Its name where it came from, as it was sent.</param>
/// <param name="Content">Its bytes; null if it is larger than was allowed.</param>
internal sealed record UploadedFile(string Name, byte[]? Content)
{
    /// <summary>Withholds it from logs.</summary>
    public override string ToString() => "(file)";
}

/// <summary>Why files were not read to the end.</summary>
internal enum UploadFault
{
    None,

    /// <summary>All of it together is larger than <see cref="Uploads.MostBytes"/>.</summary>
    TooMuch,

    /// <summary>Too many send files at this moment.</summary>
    Busy,
}
