/// The words in dates of German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian, Turkish, Swedish, Danish
/// and Norwegian.
///
/// No word names different months in two of these languages. Accents may lack, as ``WordKey`` ignores them; German `ä`
/// may be written `ae`.
enum DateVocabulary {
    /// The months by their names and usual abbreviations; those that are written as in English are left out, except
    /// where an accent hides them from the reader of English words.
    static let months: [WordKey: Int] = {
        var months: [WordKey: Int] = [:]
        for (index, words) in monthWords.enumerated() {
            for word in keys(words) { months[word] = index + 1 }
        }
        return months
    }()

    private static let monthWords = [
        """
        januar jänner jaenner jän jaen janvier janv enero ene gennaio gen genn janeiro januari styczeń stycznia sty \
        stycz январь января янв ocak oca
        """,
        """
        februar feber février fév févr febrero febr febbraio febbr fevereiro fev februari luty lutego lut февраль \
        февраля фев февр şubat şub
        """,
        """
        märz maerz mär maer mrz mars marzo março maart mrt marzec marca marz март марта мар mart marts
        """,
        """
        avril avr abril abr aprile april kwiecień kwietnia kwi kwiec апрель апреля апр nisan nis
        """,
        """
        mai mayo maggio mag magg maio mei maj maja май мая mayıs
        """,
        """
        juni juin junio giugno giu junho czerwiec czerwca cze czerw июнь июня июн haziran haz
        """,
        """
        juli juillet juil julio luglio lug lugl julho lipiec lipca lip июль июля июл temmuz tem
        """,
        """
        août aoû agosto ago augustus augusti sierpień sierpnia sie sierp август августа авг ağustos ağu
        """,
        """
        septembre septiembre setiembre set settembre sett setembro wrzesień września wrz wrzes сентябрь сентября сен \
        сент eylül eyl
        """,
        """
        oktober okt octobre octubre ottobre ott outubro out październik października paź pazdz октябрь октября окт \
        ekim eki
        """,
        """
        novembre noviembre novembro listopad listopada lis ноябрь ноября ноя нояб kasım kas
        """,
        """
        dezember dez décembre déc diciembre dic dicembre dezembro desember des grudzień grudnia gru grudz декабрь \
        декабря дек aralık ara
        """,
    ]

    static let weekdays = keys(
        """
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so die mit don fre sam son \
        lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven dim \
        lunes martes miércoles jueves viernes sábado domingo mié jue vie sáb dom \
        lunedì martedì mercoledì giovedì venerdì sabato domenica gio \
        segunda terça quarta quinta sexta seg ter qua qui sex \
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo \
        poniedziałek wtorek środa czwartek piątek sobota niedziela pon pn wt śr śro czw cz pt pią sob sb niedz nd ndz \
        понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс \
        pazartesi salı çarşamba perşembe cuma cumartesi pazar pzt sal çar per cum cmt paz \
        måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors tor lör sön \
        mandag tirsdag lørdag søndag man tir lør søn
        """
    )

    /// Words before a day: `den 4. März`, `le 4 mars`.
    static let articles = keys("den der am d le el il em")

    /// Words between a day and its month: `4 de marzo`, `4th of March`.
    static let wordsBeforeMonth = keys("de of")

    /// Words before a year: `marzo de 2019`, `marzo del 2019`.
    static let wordsBeforeYear = keys("de del")

    /// Words for "year" behind a year, as Russian and Polish have them.
    static let yearWords = keys("г год года r roku")

    /// Endings of the number of a day: `1er mars`, `2e`, `1o de maio`.
    static let ordinals = keys("er e o a го")

    private static func keys(_ words: String) -> Set<WordKey> {
        Set(words.split(separator: " ").compactMap { WordKey($0) })
    }
}
