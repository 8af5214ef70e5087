using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.LegalHolds.Model;
using PrivacyFunctions.Mail;

namespace PrivacyFunctions.Cases.Watch;

/// <summary>What the Data Protection Officer is told about the software's own troubles.</summary>
internal static class OfficerLetters
{
    public static Letter WorkflowFailed(CaseId id) => new(
        "A case has stopped and needs your attention",
        "The workflow of a case has failed and will not go on by itself. What it did so far stands in the case's record.",
        "Somebody who runs the software has to look at it before the case's due date. When the cause is gone, it begins again from where "
            + $"the case stands: POST /api/operator/cases/{id}/restart.",
        LetterWords.Reference(id));

    public static Letter JobFailed(string job) => new(
        "A job has stopped and needs your attention",
        $"The job {job} has failed and will not go on by itself.",
        "Somebody who runs the software has to find out why. If it is begun every day, the next day's begins all the same.");

    public static Letter TimerFailed(string function) => new(
        "Something that is done by the clock has failed",
        $"{function} failed today. What it did before that stands, and it is done again at its next time.",
        "A single failure may have been a passing trouble of the storage. Otherwise somebody who runs the software has to find out why: the "
            + "log says where it failed.");

    public static Letter TimerTakesLong(string function) => new(
        "Something that is done by the clock takes very long",
        $"{function} has been at work for twenty minutes today. The platform ends it after thirty, done or not.",
        "Somebody who runs the software has to look at it: what is not done in half an hour tonight will not be tomorrow.");

    /// <summary>Holds are to be looked at again.</summary>
    /// <param name="holds">Those that are due.</param>
    public static Letter ReviewsDue(IReadOnlyCollection<Hold> holds) => new(
        holds.Count == 1 ? "A hold is due for review" : $"{holds.Count} holds are due for review",
        [
            "What a hold covers is kept beyond its time. Please look whether its ground still stands.",
            .. holds.Select(hold => (Block)(
                $"{hold.Id} ({(hold.Kind is HoldKind.Legal ? "legal" : "restriction")}), {hold.DataSet ?? "all data sets"}. "
                + $"Ground: {hold.Ground} Owner: {hold.Owner}. Review: {LetterWords.Day(hold.ReviewOn)}.")),
            "To prolong one: POST it with a later review to /api/operator/holds. To release it: POST its id to "
                + "/api/operator/holds/release. You are reminded each week until then.",
        ]);

    /// <summary>Nobody knows why a case stands still.</summary>
    /// <param name="silent">The case.</param>
    /// <param name="about">What it is about; see <see cref="KindOfCase.About"/>.</param>
    public static Letter Silent(Case silent, string about) => new(
        "A case stands still and needs your attention",
        $"The workflow of a case ({about}) should have gone on by now and has not, without a step that is shown as broken.",
        $"To look at it: GET /api/operator/cases/{silent.Id}. Somebody who runs the software has to look at its workflow.",
        LetterWords.Reference(silent.Id));

    public static Letter DueSoon(Case open, string about) => new(
        "A case is due soon",
        $"A case ({about}) is due on {LetterWords.Day(open.DueOn!.Value)} and is not done yet.",
        $"To look at it: GET /api/operator/cases/{open.Id}. All cases by their due dates: GET /api/operator/cases.",
        LetterWords.Reference(open.Id));

    public static Letter Overdue(Case open, string about) => new(
        "A case is overdue and needs your attention",
        $"A case ({about}) was due on {LetterWords.Day(open.DueOn!.Value)} and is not done yet.",
        $"To look at it: GET /api/operator/cases/{open.Id}. All cases by their due dates: GET /api/operator/cases.",
        LetterWords.Reference(open.Id));
}
