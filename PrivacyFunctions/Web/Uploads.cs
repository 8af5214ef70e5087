using System.Text;
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

    private const string Multipart = "multipart/form-data";
    private const int LongestBoundary = 70; // RFC 2046
    private const int MostParts = 32;
    private const int BufferBytes = 16 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4); // nobody keeps a place by sending slowly

    private readonly SemaphoreSlim _places = new(MostAtATime);

    /// <summary>Reads what was posted. JSON and url-encoded forms, which bring no files, are read as everywhere else.</summary>
    /// <param name="request">What was posted.</param>
    /// <param name="mostFiles">How many files it can have.</param>
    /// <param name="mostBytes">How large each can be.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<Upload> ReadAsync(HttpRequest request, int mostFiles, int mostBytes, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Multipart, StringComparison.OrdinalIgnoreCase))
            return new(await Submission.ReadAsync(request, cancellation));
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary) return new(Submission.Malformed(request));
        using var tooSlow = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooSlow.Token);
        var form = new Form(request, boundary, mostFiles, mostBytes);
        try
        {
            return await ReadAsync(form, either.Token) ? form.Upload : Instead(Submission.TooMuch(request));
        }
        // An IOException is also what the server throws for a body that breaks off or is no proper sequence of chunks.
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return Instead(Submission.Malformed(request));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Instead(Submission.TooSlow(request));
        }
        catch
        {
            form.Upload.Dispose();
            throw;
        }

        Upload Instead(Submission answer)
        {
            form.Upload.Dispose();
            return new(answer);
        }
    }

    public void Dispose() => _places.Dispose();

    // False where its fields are larger than any form's.
    private async Task<bool> ReadAsync(Form form, CancellationToken cancellation)
    {
        for (var parts = 1; form.Upload.Fault is UploadFault.None && await form.Reader.ReadNextSectionAsync(cancellation) is { } part; parts++)
        {
            if (parts > MostParts || part.GetContentDispositionHeader() is not { } disposition) throw new InvalidDataException();
            if (disposition.IsFileDisposition()) form.Upload.Fault = await ReadFileAsync(form, part.Body, disposition, cancellation);
            else if (!await TryReadFieldAsync(form, part.Body, disposition, cancellation)) return false;
        }

        return true;
    }

    private static async Task<bool> TryReadFieldAsync(Form form, Stream body, ContentDispositionHeaderValue disposition, CancellationToken cancellation)
    {
        var (value, read) = await BytesAsync(body, form.LeftForFields, form.Left, cancellation);
        if (value is null) return false;
        (form.Left, form.LeftForFields) = (form.Left - read, form.LeftForFields - read);
        form.Upload.Values[HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? ""] = Encoding.UTF8.GetString(value);
        return true;
    }

    private async Task<UploadFault> ReadFileAsync(Form form, Stream body, ContentDispositionHeaderValue disposition, CancellationToken cancellation)
    {
        var upload = form.Upload;
        if (form.Length > MostBytes) return UploadFault.TooMuch;
        if (!await TryTakePlaceAsync(upload, cancellation)) return UploadFault.Busy;
        var isOneTooMany = ++upload.Chosen > form.MostFiles;
        var (content, read) = await BytesAsync(body, isOneTooMany ? 0 : form.MostBytes, form.Left, cancellation);
        form.Left -= read;
        if (form.Left < 0) return UploadFault.TooMuch;
        var name = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName);
        if (!isOneTooMany) upload.Files.Add(new(name.Value ?? "", content));
        return UploadFault.None;
    }

    private async Task<bool> TryTakePlaceAsync(Upload upload, CancellationToken cancellation)
    {
        if (upload.Place is not null) return true;
        using var tooLong = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, tooLong.Token);
        try
        {
            await _places.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }

        upload.Place = _places;
        return true;
    }

    // A part is read to its end, so that the next one comes, unless it is more than is left. Nothing is kept of one that is too large.
    private static async Task<(byte[]? Kept, int Read)> BytesAsync(Stream body, int mostKept, int left, CancellationToken cancellation)
    {
        using var kept = new MemoryStream();
        var (buffer, total) = (new byte[BufferBytes], 0);
        while (total <= left && await body.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            total += read;
            if (total <= mostKept) kept.Write(buffer, 0, read);
        }

        return (total <= mostKept && total <= left ? kept.ToArray() : null, total);
    }

    // How far a form is read.
    private sealed class Form(HttpRequest request, string boundary, int mostFiles, int mostBytes)
    {
        public MultipartReader Reader { get; } = new(boundary, request.Body);

        public long? Length => request.ContentLength;

        public int MostFiles => mostFiles;

        public int MostBytes => mostBytes;

        public int Left { get; set; } = Uploads.MostBytes;

        public int LeftForFields { get; set; } = Submission.MostBytes;

        public Upload Upload { get; } = new();
    }
}
