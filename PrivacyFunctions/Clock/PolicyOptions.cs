using System.ComponentModel.DataAnnotations;

namespace PrivacyFunctions.Clock;

/// <summary>The durations the company promised or chose. Section <c>Policy</c> of the settings; days in legal time.</summary>
internal sealed class PolicyOptions
{
    public const string Section = "Policy";

    /// <summary>Legal seconds in a real second. Anything but 1 starts only in Development.</summary>
    [Range(1, 1_000_000)]
    public double Pace { get; set; } = 1;

    /// <summary>How long a request waits for the person to press the button in the mail.</summary>
    [Range(1, 28)]
    public int ConfirmationDays { get; set; } = 14;

    /// <summary>How long a person who was not identified can still resume the request.</summary>
    [Range(1, 365)]
    public int ResumeDays { get; set; } = 30;

    /// <summary>Whether the clock stands still while a person is asked what is needed to answer them (rule L4). The Union's law has no such
    /// pause; the Data Protection Officer is told of the days without it as well.</summary>
    public bool PauseForAnswers { get; set; }

    /// <summary>Whether the plan of an erasure, and the end of an account that the company decides, need a second operator, who is not the first.</summary>
    public bool SecondPerson { get; set; } = true;

    /// <summary>How long the package that answers a request for data is kept for the person.</summary>
    [Range(1, 90)]
    public int ExportDays { get; set; } = 14;

    /// <summary>
    /// After how many days the Data Protection Officer is asked about a recipient of data that was not told of what happened to it, and after how
    /// many more about one that was told and has not answered (GDPR art. 19).
    /// </summary>
    [Range(1, 30)]
    public int RecipientDays { get; set; } = 14;

    /// <summary>How long the termination of an account can be undone; days after the day it took effect (rule L8).</summary>
    [Range(1, 60)]
    public int UndoDays { get; set; } = 14;

    /// <summary>
    /// How long after the termination no quarterly cleanup counts, so that the customer can fetch the data; days after the day it took
    /// effect (rule L8). Regulation (EU) 2023/2854 art. 25(2)(g) demands 30 at least of whoever offers a data processing service.
    /// </summary>
    [Range(0, 60)]
    public int RetrievalDays { get; set; } = 30;

    /// <summary>The company's legal time zone (IANA), which turns an instant into a legal date.</summary>
    [Required]
    public string LegalTimeZone { get; set; } = "Europe/Berlin";

    /// <summary>Whose public holidays move a due date (Regulation 1182/71 art. 3): those of the place where the controller is
    /// established, by its code; see <see cref="HolidayCalendars"/>.</summary>
    [Required]
    public string Holidays { get; set; } = HolidayCalendars.Union;
}
