using PrivacyFunctions.Requests.Recipients.Model;
using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.Recipients;

/// <summary>The words of the page on which a recipient of data reads what we did with it, and answers.</summary>
internal sealed record RecipientText : PageText
{
    public required RecipientActText Erased { get; init; }

    public required RecipientActText Corrected { get; init; }

    public required RecipientActText Restricted { get; init; }

    public required RecipientActText Stopped { get; init; }

    public required RecipientActText Lifted { get; init; }

    public required RecipientActText Advertising { get; init; }

    public required Phrase Words { get; init; }

    public required string Person { get; init; }

    public required string NoPerson { get; init; }

    public required string Data { get; init; }

    public required string Reference { get; init; }

    public required string Answer { get; init; }

    public required string Done { get; init; }

    public required string NothingHeld { get; init; }

    public required string Impossible { get; init; }

    public required string Disproportionate { get; init; }

    public required string Refused { get; init; }

    public required string Send { get; init; }

    public required string Afterwards { get; init; }

    public required string WhyTitle { get; init; }

    public required string Why { get; init; }

    public required string NoAnswer { get; init; }

    public required string Incomplete { get; init; }

    public required NoticeText NotTaken { get; init; }

    public required NoticeText Broken { get; init; }

    public required NoticeText Expired { get; init; }

    public required NoticeText Answered { get; init; }

    public required NoticeText Over { get; init; }

    /// <summary>What it says of something that we did.</summary>
    public RecipientActText Of(RecipientAct act) => act switch
    {
        RecipientAct.Erased => Erased,
        RecipientAct.Corrected => Corrected,
        RecipientAct.Restricted => Restricted,
        RecipientAct.Stopped => Stopped,
        RecipientAct.Advertising => Advertising,
        _ => Lifted,
    };

    /// <summary>What it says of an answer.</summary>
    public string Of(NoticeAnswer answer) => answer switch
    {
        NoticeAnswer.Done => Done,
        NoticeAnswer.NothingHeld => NothingHeld,
        NoticeAnswer.Impossible => Impossible,
        NoticeAnswer.Disproportionate => Disproportionate,
        _ => Refused,
    };
}

/// <summary>What a recipient reads of something that we did.</summary>
/// <param name="Title">What it is asked for.</param>
/// <param name="Done">What we did.</param>
/// <param name="Todo">What to do.</param>
internal sealed record RecipientActText(string Title, Phrase Done, string Todo);
