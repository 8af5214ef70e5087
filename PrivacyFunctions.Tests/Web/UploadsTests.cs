using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Tests.Web;

/// <summary>Forms with files: a few are in memory at a time, and nobody keeps the others waiting for long.</summary>
[Clause("C-SECURE")]
public class UploadsTests
{
    private const string Text = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nWords\r\n";
    private const string File = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\nhello\r\n";

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Files_OfMoreFormsThanHaveAPlace_WaitAndAreToldToComeBack_AndTextsAreNot()
    {
        using var uploads = new Uploads(_time);
        var before = new List<Upload>();
        for (var number = 0; number < Uploads.MostAtATime; number++) before.Add(await ReadAsync(uploads, Whole(Text + File)));
        Assert.All(before, upload => Assert.Equal("hello", Encoding.UTF8.GetString(Assert.Single(upload.Files).Content!)));

        using (var text = await ReadAsync(uploads, Whole(Text))) Assert.Equal((UploadFault.None, "Words"), (text.Fault, WordsOf(text)));
        var (patient, late) = (ReadAsync(uploads, Whole(Text + File)), ReadAsync(uploads, Whole(Text + File)));
        before[0].Dispose();
        before[0].Dispose(); // gives back one place
        using (var upload = await patient) Assert.Single(upload.Files);
        using (var upload = await late) Assert.Single(upload.Files);

        before.Add(await ReadAsync(uploads, Whole(Text + File)));
        var tooLate = ReadAsync(uploads, Whole(Text + File));
        Assert.False(tooLate.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(20));
        using (var upload = await tooLate) Assert.Equal((UploadFault.Busy, "Words"), (upload.Fault, WordsOf(upload)));
        before.ForEach(upload => upload.Dispose());
    }

    [Fact]
    public async Task Forms_ThatComeToNoEnd_GiveTheirPlaceBack()
    {
        using var uploads = new Uploads(_time);
        var forms = new List<Task<Upload>>();
        for (var number = 0; number < Uploads.MostAtATime; number++)
        {
            var line = new Pipe();
            await line.Writer.WriteAsync(Encoding.UTF8.GetBytes(Text + File[..^4]));
            forms.Add(ReadAsync(uploads, line.Reader.AsStream()));
        }

        Assert.All(forms, form => Assert.False(form.IsCompleted));
        _time.Advance(TimeSpan.FromMinutes(4));
        foreach (var form in forms) Assert.IsType<Submission.Unreadable>((await form).Submission);
        using var next = await ReadAsync(uploads, Whole(Text + File));
        Assert.Single(next.Files);
    }

    // Without a length, as chunks come.
    [Fact]
    public async Task Body_ThatIsTooLarge_IsReadNoFurther()
    {
        using var uploads = new Uploads(_time);
        var body = Whole(Text + File[..^2] + new string('x', 40 * Uploads.Megabyte));
        using var upload = await ReadAsync(uploads, body);
        Assert.Equal((UploadFault.TooMuch, "Words"), (upload.Fault, WordsOf(upload)));
        Assert.Empty(upload.Files);
        Assert.InRange(body.Position, Uploads.MostBytes, Uploads.MostBytes + Uploads.Megabyte);
    }

    private static Task<Upload> ReadAsync(Uploads uploads, Stream body)
    {
        var http = new DefaultHttpContext { Request = { ContentType = "multipart/form-data; boundary=b", Body = body } };
        return uploads.ReadAsync(http.Request, mostFiles: 3, mostBytes: 5 * Uploads.Megabyte, CancellationToken.None);
    }

    private static MemoryStream Whole(string parts) => new(Encoding.UTF8.GetBytes($"{parts}--b--\r\n"));

    private static string WordsOf(Upload upload) => ((Submission.Fields)upload.Submission)["text"];
}
