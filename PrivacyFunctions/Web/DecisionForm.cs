using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PrivacyFunctions.Callers;

namespace PrivacyFunctions.Web;

/// <summary>
/// What an operator posts to have something decided. Its fields are asked for one after the other, and the first that is wrong is the
/// answer: <see cref="Refusal"/> is looked at before anything is done.
/// </summary>
internal sealed class DecisionForm
{
    private readonly HttpRequest _request;
    private readonly string _incomplete;
    private readonly Submission.Fields _fields;

    private DecisionForm(HttpRequest request, string incomplete, Submission.Fields fields) =>
        (_request, _incomplete, _fields) = (request, incomplete, fields);

    /// <summary>The answer if it cannot be decided so; null as long as nothing is wrong.</summary>
    public IResult? Refusal { get; private set; }

    /// <summary>A field, trimmed; empty if it is missing.</summary>
    public string this[string field] => _fields[field];

    /// <summary>Reads what was posted. The fields that there are stand on the function (<see cref="TakesAttribute"/>): another one is a mistake.</summary>
    /// <param name="request">What is answered.</param>
    /// <param name="incomplete">The title of the answer to what is not complete.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<DecisionForm> ReadAsync(HttpRequest request, string incomplete, CancellationToken cancellation)
    {
        var submission = await Submission.ReadAsync(request, cancellation);
        if (submission is not Submission.Fields fields)
            return new(request, incomplete, Submission.Fields.None) { Refusal = ((Submission.Unreadable)submission).Answer };
        var form = new DecisionForm(request, incomplete, fields);
        if (fields.MistakesBeyond(TakenFields.Of(request)).FirstOrDefault() is { } unknown) form.Refuse(unknown.Field, unknown.Words);
        return form;
    }

    /// <summary>One of a few codes.</summary>
    /// <param name="field">In which field.</param>
    /// <param name="ask">What to give, in words that go on with the codes, such as "Give the reason".</param>
    public T Code<T>(string field, string ask)
        where T : struct, Enum
    {
        if (!_fields.TryReadCode<T>(field, out var code)) Refuse(field, $"{ask}: one of {CodesOf<T>()}.");
        return code;
    }

    /// <summary>Some of a few codes, with commas or blanks between them; none where the field is empty.</summary>
    /// <param name="field">In which field.</param>
    /// <param name="ask">What to give, as for one.</param>
    public IReadOnlyList<T> Codes<T>(string field, string ask)
        where T : struct, Enum
    {
        var given = this[field].Split((char[])[',', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        List<T> known = [.. Enum.GetValues<T>().Where(each => given.Contains(JsonNamingPolicy.CamelCase.ConvertName($"{each}")))];
        if (known.Count < given.Count) Refuse(field, $"{ask}: some of {CodesOf<T>()}.");
        return known;
    }

    /// <summary>The codes that there are, in words for whoever has to give some.</summary>
    public static string CodesOf<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>A day; null where the field is empty.</summary>
    /// <param name="field">In which field.</param>
    public DateOnly? Day(string field)
    {
        if (this[field].Length == 0) return null;
        if (DateOnly.TryParseExact(this[field], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Refuse(field, "Give the day like 2026-03-02.");
        return null;
    }

    /// <summary>"yes", or nothing.</summary>
    /// <param name="field">In which field.</param>
    /// <param name="ask">When to give it.</param>
    public bool IsYes(string field, string ask)
    {
        if (this[field] is not ("" or "yes")) Refuse(field, $"Give \"yes\" {ask}. Else leave it out.");
        return this[field] == "yes";
    }

    /// <summary>A field is wrong; what was wrong before it is said, and not this.</summary>
    public void Refuse(string field, string words) =>
        Refusal ??= Replies.Refused(_request, StatusCodes.Status422UnprocessableEntity, new(_incomplete, words), field);
}
