using System.Net;
using System.Net.Http.Json;
using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using PrivacyFunctions.Records;
using PrivacyFunctions.Tests.Scenarios.Support;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios;

/// <summary>Files that people send with their messages.</summary>
[Clause("C-SECURE")]
public class AttachmentTests
{
    private const int Limit = 5 * 1024 * 1024;
    private const string Secret = "The account of Zephyrine Quux, 0471 11 22 33";

    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x0D, 0x0A, .. "--"u8];

    [Fact]
    [Clause("C-ACCESS")]
    public async Task Files_SentByTheForm_ReachTheOperatorByteForByte_AndNothingElseShowsThem()
    {
        var (host, reference, page) = await OpenCaseAsync();
        var form = new HtmlParser().ParseDocument(await host.App.GetStringAsync($"{page}/message"));
        Assert.Equal("multipart/form-data", form.QuerySelector("form")!.GetAttribute("enctype"));
        Assert.Contains("Up to 3 files of at most 5 MB each", form.QuerySelector("#files-hint")!.TextContent);

        var sent = new (string Name, byte[] Content)[] { ("Zephyrine's <b>bill</b> 😀.txt", Attaching.Pdf(Secret, Limit)), ("quux-photo.png", Png), ("note.txt", Encoding.UTF8.GetBytes(Secret)) };
        foreach (var _ in new[] { 1, 2 }) Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "See the files.", "k1", sent));
        var view = await host.MessagesAsync(reference);
        Assert.Equal([("person", "See the files.")], view.Written());
        var files = view.Files();
        Assert.Equal(
            [(1, "b_ 😀.txt.pdf", "application/pdf", Limit), (2, "quux-photo.png", "image/png", Png.Length), (3, "note.txt", "text/plain; charset=utf-8", Secret.Length)],
            files.Select(file => (file.Number, file.Name, file.MediaType, file.Bytes)));

        foreach (var file in files)
        {
            using var answer = await host.FetchAsync(reference, file.Message, $"{file.Number}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(sent[file.Number - 1].Content, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal(file.MediaType, $"{answer.Content.Headers.ContentType}");
            Assert.Equal(("attachment", file.Name), (answer.Content.Headers.ContentDisposition!.DispositionType, answer.Content.Headers.ContentDisposition.FileNameStar));
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.EndsWith("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        }

        Assert.Equal(3, await ViewsAsync(host, reference));
        foreach (var (message, number) in new[] { (files[0].Message, "4"), (files[0].Message, "0"), (files[0].Message, "x"), (new string('0', 32), "1"), ("..", "1") })
            using (var none = await host.FetchAsync(reference, message, number)) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(3, await ViewsAsync(host, reference));

        await foreach (var (place, text) in LeakLook.EverythingAsync(host))
            foreach (var trace in LeakLook.TracesOf(Secret).Concat(LeakLook.TracesOf("quux-photo.png")))
                Assert.False(text.Contains(trace, StringComparison.OrdinalIgnoreCase), $"{place} shows what was sent.");
        Assert.True((await host.CaseAsync(reference)).ChainIsIntact());
    }

    [Fact]
    public async Task OtherFilesOrNames_AreOtherMessages_AndEightAtATimeAreTakenIn()
    {
        var (host, reference, page) = await OpenCaseAsync();
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "Same words", "k1", ("a.pdf", Attaching.Pdf("one"))));
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "Same words", "k1", ("a.pdf", Attaching.Pdf("two"))));
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "Same words", "k1", ("b.pdf", Attaching.Pdf("two"))));
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "Same words", "k1", ("", [])));
        Assert.Equal(4, (await host.MessagesAsync(reference)).Written().Count);

        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            host.AttachAsync(page, $"Message {number / 2}", $"at once {number / 2}", ("a.pdf", Attaching.Pdf($"{number / 2}", Limit)), ("b.png", Png))));
        Assert.All(sent, status => Assert.Equal(HttpStatusCode.OK, status));
        var view = await host.MessagesAsync(reference);
        Assert.Equal((8, 11), (view.Written().Count, view.Files().Count));
        Assert.Equal(11, await host.BlobsAsync(reference));
    }

    [Fact]
    public async Task BadInput_IsToldBesideItsField_KeepsTheTextAndLeavesNothing()
    {
        var (host, reference, page) = await OpenCaseAsync();
        var small = ("a.pdf", Attaching.Pdf("x"));
        foreach (var (files, status, words) in new ((string, byte[])[] Files, HttpStatusCode Status, string Words)[]
        {
            ([("big.pdf", Attaching.Pdf("x", Limit + 1))], HttpStatusCode.BadRequest, "“big.pdf” is larger than 5 MB"),
            ([small, small, small, small], HttpStatusCode.BadRequest, "at most 3 files"),
            ([("bill.pdf", [.. "MZ"u8, 0x90, 0x00])], HttpStatusCode.BadRequest, "“bill.pdf” is no PDF, no PNG or JPEG image and no plain text"),
            ([small, ("empty.txt", [])], HttpStatusCode.BadRequest, "“empty.txt” is empty"),
            ([("<script>x</script>.pdf", [0])], HttpStatusCode.BadRequest, "“script_.pdf” is no PDF"),
            ([("a.pdf", Attaching.Pdf("x", Limit)), ("b.pdf", Attaching.Pdf("x", Limit)), ("c.pdf", Attaching.Pdf("x", 2 * Limit))], HttpStatusCode.RequestEntityTooLarge, "together are too large"),
        })
        {
            using var answer = await host.AttachAsync(page, Attaching.Form("What I typed <b>", "k", files));
            Assert.Equal(status, answer.StatusCode);
            var again = new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
            var problem = again.QuerySelector("#problem-files a")!;
            Assert.Equal("#files", problem.GetAttribute("href"));
            Assert.Contains(words, problem.TextContent);
            Assert.Contains("choose your files again", problem.TextContent);
            Assert.Equal("What I typed <b>", ((IHtmlTextAreaElement)again.QuerySelector("#text")!).Value);
            Assert.Contains("mistake-files", again.QuerySelector("#files")!.GetAttribute("aria-describedby"));
        }

        // Without words the files are not lost silently.
        using (var answer = await host.AttachAsync(page, Attaching.Form(" ", "k", small)))
            Assert.Contains("choose your files again", new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()).QuerySelector("#problem-files")!.TextContent);

        Assert.Empty((await host.MessagesAsync(reference)).Written());
        Assert.Equal(0, await host.BlobsAsync(reference));
    }

    [Fact]
    public async Task BrokenForms_AndFilesInJson_AreRefusedInPlainWords()
    {
        var (host, reference, page) = await OpenCaseAsync();
        const string Part = "------WebKitFormBoundaryAbC123\r\n";
        const string File = "Content-Disposition: form-data; name=\"files\"; filename=\"a.pdf\"\r\n";
        foreach (var broken in new[]
        {
            "", "no part", Part, $"{Part}\r\n\r\nno name", $"{Part}{File}\r\n%PDF-1.7 and no end", $"{Part}{File}{new string('x', 40_000)}: y\r\n\r\n",
            string.Concat(Enumerable.Repeat($"{Part}Content-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n", 40)),
        })
            using (var answer = await host.AttachAsync(page, Attaching.Multipart(Encoding.UTF8.GetBytes(broken))))
                Assert.Equal((HttpStatusCode.BadRequest, broken), (answer.StatusCode, broken));
        foreach (var type in new[] { "multipart/form-data", "multipart/form-data; boundary=\"\"", $"multipart/form-data; boundary={new string('b', 5000)}" })
            using (var nowhere = new ByteArrayContent([1]))
            {
                nowhere.Headers.TryAddWithoutValidation("Content-Type", type);
                using var answer = await host.AttachAsync(page, nowhere);
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }

        using (var answer = await host.AttachAsync(page, Attaching.Form(new string('x', 70_000), "k")))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);

        using (var answer = await host.AttachAsync(page, JsonContent.Create(new { text = "See the file.", files = "JVBERi0=" })))
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("multipart/form-data", await answer.Content.ReadAsStringAsync());
        }

        Assert.Empty((await host.MessagesAsync(reference)).Written());
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "And it still works.", "k", ("a.pdf", Attaching.Pdf("x"))));
    }

    [Fact]
    public async Task CaseThatIsClosed_OrHasNoRoom_TakesNoFiles_AndALaterCopyHoldsThoseThatThereAre()
    {
        await using var host = await LocalHostHere.StartAsync(new DateOnly(2026, 3, 2), seeded: false, nights: false);
        await SmallCompany.FoundAsync(host, accounts: 2);
        var (person, _) = await SmallCompany.JoinAsPersonAsync(host);
        var reference = await person.AskAsync();
        await person.ConfirmAsync();
        var page = await person.PageAsync(host, Mails.Ready);
        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "My invoice of May is missing.", "k1", ("may.pdf", Attaching.Pdf("May"))));
        for (var number = 1; number < 20; number++) Assert.Equal(HttpStatusCode.OK, await person.WriteAsync(page, $"Message {number}"));
        Assert.Equal(HttpStatusCode.Conflict, await host.AttachAsync(page, "One too many", "k2", ("june.pdf", Attaching.Pdf("June"))));
        Assert.Equal(1, await host.BlobsAsync(reference));

        await host.PassAsync(TimeSpan.FromDays(20));
        await host.UntilAsync(reference, view => view.Status() == "closed");
        Assert.Equal(HttpStatusCode.Conflict, await host.AttachAsync(page, "Too late", "k3", ("july.pdf", Attaching.Pdf("July"))));
        Assert.Equal(1, await host.BlobsAsync(reference));
        var copy = await new DataSubject(host, person.Address).ReceiveEverythingAsync();
        Assert.Contains("may.pdf (application/pdf, 13 bytes)", copy.Text("index.html"), StringComparison.Ordinal);
        Assert.Equal(Attaching.Pdf("May"), copy.Bytes(Assert.Single(copy.Names, name => name.StartsWith("files/statements/", StringComparison.Ordinal))));

        var files = new BlobServiceClient(host.Storage).GetBlobContainerClient("privacy-attachments");
        await foreach (var file in files.GetBlobsAsync(default, default, $"{reference}/", default)) await files.DeleteBlobAsync(file.Name);
        var without = await new DataSubject(host, person.Address).ReceiveEverythingAsync();
        Assert.Contains("My invoice of May is missing.", without.Text("index.html"), StringComparison.Ordinal);
        Assert.DoesNotContain(without.Names, name => name.StartsWith("files/statements/", StringComparison.Ordinal));
    }

    // A crash between any two of file, words and note: what was sent once more is there once.
    [Theory]
    [InlineData("/privacyStatements")]
    [InlineData("/$batch")]
    public async Task Message_WhoseHostFailsBetweenTwoOfItsWrites_IsThereOnceWhenItIsSentAgain(string fails)
    {
        var failure = new FailOnce(fails);
        await using var host = await LocalHostHere.StartAsync(seeded: false, nights: false, also: app => app.Services.AddSingleton(services =>
        {
            var storage = services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["Records:Storage"];
            var options = new TableClientOptions();
            options.AddPolicy(failure, HttpPipelinePosition.PerCall);
            return new RecordStorage(new TableServiceClient(storage, options), new BlobServiceClient(storage));
        }));
        await SmallCompany.FoundAsync(host, accounts: 0);
        var (_, reference, page) = await OpenCaseAsync(host);
        failure.IsOn = true;
        Assert.Equal(HttpStatusCode.InternalServerError, await host.AttachAsync(page, "See the file.", "k1", ("a.pdf", Attaching.Pdf("x"))));
        Assert.False(failure.IsOn);
        Assert.Equal(1, await host.BlobsAsync(reference));
        Assert.DoesNotContain("message-received", (await host.CaseAsync(reference)).Facts());

        Assert.Equal(HttpStatusCode.OK, await host.AttachAsync(page, "See the file.", "k1", ("a.pdf", Attaching.Pdf("x"))));
        var view = await host.MessagesAsync(reference);
        Assert.Equal((1, 1, 1), (view.Written().Count, view.Files().Count, await host.BlobsAsync(reference)));
        Assert.Single((await host.CaseAsync(reference)).Facts(), "message-received");
    }

    private static async Task<(ScenarioHost Host, string Reference, string Page)> OpenCaseAsync(ScenarioHost? on = null)
    {
        var host = on ?? await ScenarioHost.SharedAsync();
        var person = DataSubject.Stranger(host);
        var reference = await person.AskAsync(right: "restriction", ground: "accuracy");
        var page = await person.PageAsync(host, Mails.Confirm);
        await person.ConfirmAsync();
        await host.UntilAsync(reference, view => view.Status() == "restricted");
        return (host, reference, page);
    }

    private static async Task<int> ViewsAsync(ScenarioHost host, string reference) => await new TableClient(host.Storage, "privacyViews")
        .QueryAsync<TableEntity>(row => row.PartitionKey == reference)
        .CountAsync(row => row.GetString("What").StartsWith("attachment: ", StringComparison.Ordinal));

    private sealed class FailOnce(string path) : HttpPipelineSynchronousPolicy
    {
        public bool IsOn { get; set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (!IsOn || message.Request.Method != RequestMethod.Post || !message.Request.Uri.Path.EndsWith(path, StringComparison.Ordinal)) return;
            IsOn = false;
            throw new InvalidOperationException("The storage is gone.");
        }
    }
}
