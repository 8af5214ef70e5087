using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>Messages with files, as a browser sends them and as an operator gets them.</summary>
internal static class Attaching
{
    public const string Container = "privacy-attachments";

    private const string Boundary = "----WebKitFormBoundaryAbC123";

    /// <summary>A PDF of so many bytes that says so.</summary>
    public static byte[] Pdf(string words, int bytes = 0)
    {
        var content = Encoding.UTF8.GetBytes($"%PDF-1.7\n{words}\n");
        return bytes > content.Length ? [.. content, .. new byte[bytes - content.Length]] : content;
    }

    /// <summary>A form as a browser writes it: the text, and the files in their order.</summary>
    public static ByteArrayContent Form(string text, string submission, params (string Name, byte[] Content)[] files)
    {
        var body = new MemoryStream();
        Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"submission\"\r\n\r\n{submission}\r\n");
        Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n");
        foreach (var (name, content) in files)
        {
            Write($"--{Boundary}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name.Replace("\"", "%22", StringComparison.Ordinal)}\"\r\nContent-Type: image/png\r\n\r\n");
            body.Write(content);
            Write("\r\n");
        }

        Write($"--{Boundary}--\r\n");
        return Multipart(body.ToArray());

        void Write(string some) => body.Write(Encoding.UTF8.GetBytes(some));
    }

    /// <summary>Whatever is said to be a form with files.</summary>
    public static ByteArrayContent Multipart(byte[] body) => new(body)
    {
        Headers = { ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}") },
    };

    /// <summary>Posts it on the page of the case.</summary>
    public static Task<HttpResponseMessage> AttachAsync(this ScenarioHost host, string page, HttpContent form) => host.App.PostAsync($"{page}/message", form);

    /// <summary>The same of a browser's form; the status of the answer.</summary>
    public static async Task<HttpStatusCode> AttachAsync(this ScenarioHost host, string page, string text, string submission, params (string Name, byte[] Content)[] files)
    {
        using var answer = await host.AttachAsync(page, Form(text, submission, files));
        return answer.StatusCode;
    }

    /// <summary>Fetches a file as an operator.</summary>
    public static async Task<HttpResponseMessage> FetchAsync(this ScenarioHost host, string reference, string message, string number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/operator/cases/{reference}/messages/{message}/attachments/{number}");
        request.Headers.Add(CallerKey.Header, host.OperatorKey);
        return await host.App.SendAsync(request);
    }

    /// <summary>The files of all messages, as the list shows them.</summary>
    public static IReadOnlyList<(string Message, int Number, string Name, string MediaType, int Bytes)> Files(this JsonElement view) =>
    [
        .. from message in view.GetProperty("messages").EnumerateArray()
           from file in message.GetProperty("attachments").EnumerateArray()
           select (message.GetProperty("name").GetString()!, file.GetProperty("number").GetInt32(), file.GetProperty("name").GetString()!,
               file.GetProperty("mediaType").GetString()!, file.GetProperty("bytes").GetInt32()),
    ];

    /// <summary>What lies in the container for a case.</summary>
    public static async Task<int> BlobsAsync(this ScenarioHost host, string reference)
    {
        var container = new BlobContainerClient(host.Storage, Container);
        return await container.ExistsAsync() ? await container.GetBlobsAsync(Azure.Storage.Blobs.Models.BlobTraits.None, Azure.Storage.Blobs.Models.BlobStates.None, $"{reference}/", default).CountAsync() : 0;
    }
}
