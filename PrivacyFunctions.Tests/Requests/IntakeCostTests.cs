using PrivacyFunctions.Requests.Objection.Model;
using PrivacyFunctions.Requests.Access.Model;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Tests.Support;
using Xunit.Abstractions;

namespace PrivacyFunctions.Tests.Requests;

/// <summary>How often a person waits for the storage until a request is taken in, and until its mail goes out.</summary>
public sealed class IntakeCostTests(ITestOutputHelper output)
{
    private const int MostUpToTheAnswer = 4;
    private const int Posts = 8;

    [Theory]
    [InlineData("access", 10)]
    [InlineData("portability", 10)]
    [InlineData("erasure", 10)]
    [InlineData("termination", 10)]
    [InlineData("objection", 14)] // its mail comes after it was carried out and noted
    public async Task Request_FromItsPostToItsMail_TakesFewRoundTrips(string named, int mostUpToTheMail)
    {
        var kind = CaseKind.Of(named);
        await using var desk = await IntakeDesk.OpenAsync();
        await desk.PostAsync(kind, IntakeDesk.Stranger()); // makes the tables

        // A slow machine may answer the one before it sends the other of two side by side, so that they count as two; never as fewer.
        var costs = new List<(Cost Answer, Cost Mail)>();
        for (var posts = 0; posts < Posts; posts++) costs.Add(await desk.CostOfAsync(kind, IntakeDesk.Stranger()));
        var answer = costs.MinBy(cost => cost.Answer.Trips).Answer;
        var mail = costs.MinBy(cost => cost.Mail.Trips).Mail;

        output.WriteLine($"{kind}: {answer} up to the answer, {answer + mail} up to the mail");
        Assert.InRange(answer.Trips, 1, MostUpToTheAnswer);
        Assert.InRange((answer + mail).Trips, 1, mostUpToTheMail);
    }

    [Theory]
    [InlineData("access")]
    [InlineData("termination")]
    [InlineData("objection")]
    [Clause("R-ACCESS")]
    public async Task Workflow_ThatRuns_LeavesNothingToTheTimer(string named)
    {
        var kind = CaseKind.Of(named);
        await using var desk = await IntakeDesk.OpenAsync();
        var person = IntakeDesk.Stranger();

        // Not started, as if the host had died: all that starts it is still there, whatever is submitted again.
        var id = await desk.PostAsync(kind, person, isEngineAway: true);
        Assert.Equal((1, 1), await desk.LeftToDoAsync(id));
        Assert.Equal(id, await desk.PostAsync(kind, person, isEngineAway: true));
        Assert.Equal((1, 1), await desk.LeftToDoAsync(id));
        Assert.Empty(desk.Mailer.Mails);

        Assert.Equal(id, await desk.PostAsync(kind, person));
        Assert.Equal((0, 0), await desk.LeftToDoAsync(id));
        Assert.Single(desk.Mailer.Mails);

        // Started by the POST alone.
        var next = await desk.PostAsync(kind, IntakeDesk.Stranger());
        Assert.Equal((0, 0), await desk.LeftToDoAsync(next));
        Assert.Equal(2, desk.Mailer.Mails.Count);
    }

    // The receipt is for whoever asks, and not the other way round.
    [Fact]
    [Clause("L1")]
    public async Task Request_WhileNoReceiptCanBeSigned_IsTakenInAndBegins()
    {
        await using var desk = await IntakeDesk.OpenAsync(isSigning: false);
        var id = await desk.PostAsync(CaseKind.Access, IntakeDesk.Stranger());
        Assert.Equal((0, 0), await desk.LeftToDoAsync(id));
        Assert.Contains("/receipts/", Assert.Single(desk.Mailer.Mails).Letter.ToText(), StringComparison.Ordinal);
    }

    // What the person reads is true when they read it, and the word of each post is its own.
    [Fact]
    [Clause("R-OBJECT")]
    public async Task Objection_WhoseWorkflowCannotBegin_CountsFromItsReceipt()
    {
        await using var desk = await IntakeDesk.OpenAsync();
        var reader = IntakeDesk.Stranger();
        Assert.Null(await desk.ObjectedAtAsync(reader));
        await desk.PostAsync(CaseKind.Objection, reader, isEngineAway: true);
        var first = await desk.ObjectedAtAsync(reader);
        Assert.NotNull(first);

        await desk.PostAsync(CaseKind.Objection, reader, isEngineAway: true); // the same case
        var second = await desk.ObjectedAtAsync(reader);
        Assert.True(second > first);

        await desk.PostAsync(CaseKind.Objection, reader); // its workflow, begun now, says nothing newer
        Assert.Single(desk.Mailer.Mails);
        var third = await desk.ObjectedAtAsync(reader);
        Assert.InRange(third!.Value, second!.Value, DateTimeOffset.UtcNow);
    }
}
