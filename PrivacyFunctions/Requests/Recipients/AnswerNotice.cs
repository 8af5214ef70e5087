using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;
using PrivacyFunctions.Callers;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Clock;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>
/// The page on which a recipient of data sees what was done with it and whose it is, and answers us, behind the link that only its mailbox got. Once
/// it has answered, the person is not shown any more. The first answer stands.
/// </summary>
internal sealed class AnswerNotice(Notices notices, NoticeRows rows, NoticeLinks links, ViewLog views, OfficerMails officer, DataMapRegister map, LegalTime time)
{
    private const string Route = "recipients/{token}";
    private const string Field = "answer";

    [Function(nameof(ShowNotice))]
    [ForEverybody]
    public async Task<IResult> ShowNotice(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Route)] HttpRequest request, string token, CancellationToken cancellation)
    {
        if (await OpenAsync(token, cancellation) is not { } opened) return Refusal(request, token);
        if (!opened.Notice.IsOpen) return Answered(request, opened.Notice);
        return await FormAsync(token, opened, [], StatusCodes.Status200OK, HttpMethods.IsGet(request.Method), cancellation);
    }

    [Function(nameof(AnswerNotice))]
    [ForEverybody]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, string token, CancellationToken cancellation)
    {
        if (await OpenAsync(token, cancellation) is not { } opened) return Refusal(request, token);
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is Submission.Unreadable unreadable) return unreadable.Answer;
        if (opened.Notice.IsOpen)
        {
            if (!((Submission.Fields)submission).TryReadCode<NoticeAnswer>(Field, out var answer))
            {
                Mistake mistake = new(Field, Says.NoAnswer);
                return request.WantsJson()
                    ? Replies.Refused(request, StatusCodes.Status400BadRequest, Says.Incomplete, [mistake])
                    : await FormAsync(token, opened, [mistake], StatusCodes.Status400BadRequest, isSeen: true, cancellation);
            }

            if (await NotTakenAsync(request, opened, answer) is { } notTaken) return notTaken;
            if (await EnterAsync(opened.Place, answer) is not { } answered) return Refusal(request, token); // the case went meanwhile
            opened = opened with { Notice = answered };
        }

        return request.WantsJson() ? Answered(request, opened.Notice) : new SeeOther($"/recipients/{token}");
    }

    private async Task<RecipientNotice?> EnterAsync(NoticePlace place, NoticeAnswer answer)
    {
        var today = time.DateOf(await time.NowAsync(CancellationToken.None));
        var (answered, _) = await notices.EnterAsync(
            place.Case, place.Act, place.Recipient, Actors.Recipient,
            notice => !notice.IsOpen ? NoticeOutcome.Nothing
                : notice.ToldOn is null ? NoticeDecisions.Tell(notice, today, NoticeWay.Mail, corrects: false, today) // a crash came after the mail
                : NoticeDecisions.Answer(notice, today, answer, corrects: false, today),
            CancellationToken.None);
        return answered;
    }

    // The officer is told first: once it is noted, the notice is on no list any more.
    private async Task<IResult?> NotTakenAsync(HttpRequest request, OpenedNotice opened, NoticeAnswer answer)
    {
        if (answer is NoticeAnswer.Done or NoticeAnswer.NothingHeld) return null;
        var (id, act, recipient) = opened.Place;
        try
        {
            await officer.TellOnceAsync(
                id, $"recipient-declined-{act}-{NoticeRows.KeyOf(recipient)}", new RecipientDeclined(id, act, map.NameOf(recipient), answer),
                CancellationToken.None);
            return null;
        }
        catch (Exception failure) when (MailFailures.IsOfTheProvider(failure))
        {
            return Replies.Refused(request, StatusCodes.Status503ServiceUnavailable, Says.NotTaken.Write());
        }
    }

    // Null for a link that is none or too old, and for a case that is gone.
    private async Task<OpenedNotice?> OpenAsync(string token, CancellationToken cancellation) =>
        links.Read(token) is var (place, until) && await time.NowAsync(cancellation) < until
        && await notices.FindAsync(place.Case, place.Act, cancellation) is { } of && of.Find(place.Recipient) is { } notice
            ? new(place, of, notice)
            : null;

    private IResult Refusal(HttpRequest request, string token) => links.Read(token) is null
        ? Replies.Refused(request, StatusCodes.Status404NotFound, Says.Broken.Write())
        : Replies.Refused(request, StatusCodes.Status410Gone, Says.Expired.Write());

    private static IResult Answered(HttpRequest request, RecipientNotice notice) => notice.Answer is not { } answer
        ? Replies.Done(request, StatusCodes.Status200OK, Says.Over.Write(), new { over = true })
        : Replies.Done(
            request, StatusCodes.Status200OK, Says.Answered.Write(("answer", NoticeWords.Of(answer))),
            new { answer = NoticeWords.CodeOf(answer), answeredOn = notice.AnsweredOn });

    private static RecipientText Says => PageText.Of<RecipientText>();

    private async Task<IResult> FormAsync(
        string token, OpenedNotice opened, IReadOnlyList<Mistake> mistakes, int status, bool isSeen, CancellationToken cancellation)
    {
        if (isSeen) await views.AddAsync(opened.Place.Case, Actors.Recipient, $"notice of {opened.Place.Act} to {opened.Place.Recipient}", cancellation);
        return new RazorComponentResult<NoticeForm>(new Dictionary<string, object?>
        {
            [nameof(NoticeForm.Action)] = $"/recipients/{token}",
            [nameof(NoticeForm.Act)] = opened.Place.Act,
            [nameof(NoticeForm.On)] = opened.Of.On,
            [nameof(NoticeForm.Reference)] = opened.Place.Case.Value,
            [nameof(NoticeForm.Titles)] = map.TitlesFor(opened.Of, opened.Place.Recipient).ToList(),
            [nameof(NoticeForm.Person)] = await rows.PersonOfAsync(opened.Place.Case, opened.Notice, cancellation),
            [nameof(NoticeForm.Mistakes)] = mistakes,
        })
        { StatusCode = status };
    }

    private sealed record OpenedNotice(NoticePlace Place, ActNotices Of, RecipientNotice Notice);
}
